using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using Libvirt.Simulator;
using Libvirt.Streams;

namespace Libvirt.Hosting.Tests.Telemetry;

/// <summary>The telemetry of calls that begin a stream, on a connection of their own and on the hypervisor's.</summary>
[Collection(nameof(Recorded))]
public sealed class StreamTelemetryTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("telemetry").FullName;
    private readonly HypervisorSimulator _simulator = new();

    public StreamTelemetryTests() => _simulator.AddHost("hv1").Domains.Define("web", memoryMiB: 512, vcpus: 1, running: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Socket => Path.Combine(_folder, "sock");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_console_is_a_call_that_ends_when_it_is_open_and_bytes_that_come_and_go(bool shared)
    {
        using Recorded recorded = new();
        await using Hypervisor hypervisor = await ConnectAsync();
        Domain web = await hypervisor.LookupDomainByNameAsync("web", cancellationToken: Cancellation);
        using Activity caller = new Activity("caller").Start();

        await using LibvirtStream console = await web.OpenConsoleAsync(
            options: new StreamOptions { SharesConnection = shared }, cancellationToken: Cancellation);

        Activity activity = Assert.Single(recorded.Activities, activity => Is(activity, "remote/domain_open_console"));
        Assert.Equal((ActivityStatusCode.Unset, caller.SpanId), (activity.Status, activity.ParentSpanId));
        Assert.Single(recorded.Of("rpc.client.duration", $"server.address={Socket}", "rpc.method=domain_open_console"));
        Assert.Equal(0, recorded.Of("rpc.client.active_calls", $"server.address={Socket}").Sum(static one => one.Value));

        double sent = Bytes(recorded, "transmit");
        double received = Bytes(recorded, "receive");
        await console.Output.WriteAsync("echo heard\n"u8.ToArray(), Cancellation);
        await ReadUntilAsync(console.Input, "\nheard");
        Assert.Equal(11, Bytes(recorded, "transmit") - sent);
        Assert.InRange(Bytes(recorded, "receive") - received, 6, 1000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_console_that_is_refused_says_how(bool shared)
    {
        using Recorded recorded = new();
        await using Hypervisor hypervisor = await ConnectAsync();
        Domain web = await hypervisor.LookupDomainByNameAsync("web", cancellationToken: Cancellation);
        await web.DestroyAsync(cancellationToken: Cancellation);

        await Assert.ThrowsAsync<LibvirtRemoteException>(() => web.OpenConsoleAsync(
            options: new StreamOptions { SharesConnection = shared }, cancellationToken: Cancellation).AsTask());

        Activity activity = Assert.Single(recorded.Activities, activity => Is(activity, "remote/domain_open_console"));
        Assert.Equal((ActivityStatusCode.Error, "OperationInvalid"), (activity.Status, activity.GetTagItem("rpc.response.status_code")));
        Assert.Single(recorded.Of(
            "rpc.client.duration", $"server.address={Socket}", "rpc.method=domain_open_console", "rpc.response.status_code=OperationInvalid"));
        Assert.Equal(0, recorded.Of("rpc.client.active_calls", $"server.address={Socket}").Sum(static one => one.Value));
    }

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static double Bytes(Recorded recorded, string direction) =>
        recorded.Of("libvirt.stream.io", $"network.io.direction={direction}", "rpc.method=domain_open_console").Sum(static one => one.Value);

    private static async Task ReadUntilAsync(PipeReader input, string wanted)
    {
        while (true)
        {
            ReadResult read = await input.ReadAsync(Cancellation);
            bool found = Encoding.UTF8.GetString(read.Buffer.ToArray()).Contains(wanted, StringComparison.Ordinal);
            input.AdvanceTo(found ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (found)
                return;
            Assert.False(read.IsCompleted, "The console ended before it said what it should.");
        }
    }

    private async Task<Hypervisor> ConnectAsync() => await Hypervisor.ConnectAsync(_simulator.ListenUnix(Socket).Uri(), cancellationToken: Cancellation);

    private bool Is(Activity activity, string name) => activity.DisplayName == name && activity.GetTagItem("server.address") as string == Socket;
}
