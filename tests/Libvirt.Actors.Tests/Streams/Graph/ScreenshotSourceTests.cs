using System.Collections.Immutable;
using Akka.Streams.Dsl;
using Akka.Streams.TestKit;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;

namespace Libvirt.Tests.Streams.Graph;

public sealed class ScreenshotSourceTests : GraphScenario
{
    [Fact]
    public async Task Each_materialisation_takes_a_picture()
    {
        await using Hypervisor hypervisor = await ConnectAsync();
        Domain web = await hypervisor.LookupDomainByNameAsync("web", cancellationToken: Cancellation);
        ScreenshotImage expected = await web.ScreenshotAsync(cancellationToken: Cancellation);

        Source<ReadOnlyMemory<byte>, ScreenshotControl> source = web.ScreenshotSource();
        for (int i = 0; i < 2; i++)
        {
            (ScreenshotControl control, Task<IImmutableList<ReadOnlyMemory<byte>>> all) =
                source.ToMaterialized(Sink.Seq<ReadOnlyMemory<byte>>(), Keep.Both).Run(Materializer);
            Assert.Equal(expected.Data.ToArray(), Join(await CompleteAsync(all)));
            Assert.Equal(expected.MimeType, await control.MimeType);
            Assert.Null(await EndOf(control.Completion));
            Assert.Equal(expected.Data.Length, control.Bytes);
        }
    }

    [Fact]
    public async Task A_refused_picture_fails_the_source_and_its_format()
    {
        await using Hypervisor hypervisor = await ConnectAsync();
        Domain web = await hypervisor.LookupDomainByNameAsync("web", cancellationToken: Cancellation);
        Script.When(RemoteProcedures.DomainScreenshot).Once().Refuse(ErrorNumber.OperationInvalid, "no screen");
        (ScreenshotControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = Run(web.ScreenshotSource());

        await probe.RequestAsync(1);

        Assert.IsType<LibvirtRemoteException>(await probe.ExpectErrorAsync(Cancellation));
        Assert.IsType<LibvirtRemoteException>(await EndOf(control.MimeType));
        Assert.IsType<LibvirtRemoteException>(await EndOf(control.Completion));
    }

    [Fact]
    public async Task Cancelling_before_demand_cancels_the_format()
    {
        await using Hypervisor hypervisor = await ConnectAsync();
        Domain web = await hypervisor.LookupDomainByNameAsync("web", cancellationToken: Cancellation);
        (ScreenshotControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = Run(web.ScreenshotSource());

        await probe.CancelAsync();

        Assert.IsType<OperationCanceledException>(await EndOf(control.MimeType));
        Assert.IsType<OperationCanceledException>(await EndOf(control.Completion));
    }
}
