using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.TestKit;
using Libvirt.Protocol.Remote;
using Libvirt.Simulator;
using Libvirt.Streams;

namespace Libvirt.Tests.Streams.Graph;

public sealed class DownloadSourceTests : GraphScenario
{
    private static readonly HypervisorOptions OneBulk = new() { MaxBulkConnections = 1 };

    [Fact]
    public async Task Without_demand_nothing_is_opened()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);

        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = Run(volume.DownloadSource());
        await probe.EnsureSubscriptionAsync(Cancellation);
        await SettleAsync();

        Assert.Equal((1, 0L, false), (Host.ClientCount, control.Bytes, control.Completion.IsCompleted));
        await NothingIsLeftAsync(volume);
    }

    [Fact]
    public async Task Each_demand_is_answered_with_one_element()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = Run(volume.DownloadSource());

        long received = 0;
        for (int i = 0; i < 5; i++)
        {
            ReadOnlyMemory<byte> element = await probe.RequestNextAsync();
            Assert.InRange(element.Length, 1, 64 * 1024);
            received += element.Length;
            await SettleAsync();
            await probe.ExpectNoMsgAsync(TimeSpan.Zero, Cancellation);
            Assert.Equal(received, control.Bytes);
        }
    }

    [Fact]
    public async Task All_of_the_volume_comes_and_the_connection_is_free_again()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);

        (TransferControl control, Task<System.Collections.Immutable.IImmutableList<ReadOnlyMemory<byte>>> all) =
            volume.DownloadSource().ToMaterialized(Sink.Seq<ReadOnlyMemory<byte>>(), Keep.Both).Run(Materializer);

        Assert.Equal(Content, Join(await CompleteAsync(all)));
        Assert.Null(await EndOf(control.Completion));
        Assert.Equal(Size, control.Bytes);
        await NothingIsLeftAsync(volume);
    }

    [Fact]
    public async Task Elements_keep_their_bytes_behind_buffers_and_asynchronous_boundaries()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);

        Task<System.Collections.Immutable.IImmutableList<ReadOnlyMemory<byte>>> all = volume.DownloadSource()
            .Buffer(4, OverflowStrategy.Backpressure)
            .Async()
            .SelectAsync(3, async element =>
            {
                await Task.Yield();
                return element;
            })
            .RunWith(Sink.Seq<ReadOnlyMemory<byte>>(), Materializer);
        IReadOnlyList<ReadOnlyMemory<byte>> pieces = await CompleteAsync(all);
        await NothingIsLeftAsync(volume);

        Assert.Equal(Content, Join(pieces));
    }

    [Fact]
    public async Task A_graph_may_run_on_the_dispatcher_of_the_runtime()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        ActorMaterializer inline = Kit.System.Materializer(ActorMaterializerSettings.Create(Kit.System).WithDispatcher("libvirt.inline-dispatcher"));

        (TransferControl control, Task<System.Collections.Immutable.IImmutableList<ReadOnlyMemory<byte>>> all) =
            volume.DownloadSource().ToMaterialized(Sink.Seq<ReadOnlyMemory<byte>>(), Keep.Both).Run(inline);
        Assert.Equal(Content, Join(await CompleteAsync(all)));
        Assert.Null(await EndOf(control.Completion));

        TransferControl upload = Source.From(Enumerable.Range(0, 1000)).Select(_ => (ReadOnlyMemory<byte>)Content.AsMemory(0, 1000))
            .RunWith(volume.UploadSink(), inline);
        Assert.Null(await EndOf(upload.Completion));
        Assert.Equal(Content[..1000], Disk.Read(999_000, 1000));
    }

    [Fact]
    public async Task A_source_may_be_materialised_twice_at_the_same_time()
    {
        await using Hypervisor hypervisor = await ConnectAsync(new HypervisorOptions { MaxBulkConnections = 2 });
        Source<ReadOnlyMemory<byte>, TransferControl> source = (await VolumeAsync(hypervisor)).DownloadSource();
        (TransferControl first, TestSubscriber.Probe<ReadOnlyMemory<byte>> firstProbe) = Run(source);
        (TransferControl second, TestSubscriber.Probe<ReadOnlyMemory<byte>> secondProbe) = Run(source);

        List<ReadOnlyMemory<byte>> ofFirst = [await firstProbe.RequestNextAsync()];
        List<ReadOnlyMemory<byte>> ofSecond = [await secondProbe.RequestNextAsync()];
        await firstProbe.RequestAsync(1000);
        await secondProbe.RequestAsync(1000);
        while (first.Bytes < Size || ofFirst.Sum(piece => piece.Length) < Size)
            ofFirst.Add(await firstProbe.ExpectNextAsync(Cancellation));
        while (second.Bytes < Size || ofSecond.Sum(piece => piece.Length) < Size)
            ofSecond.Add(await secondProbe.ExpectNextAsync(Cancellation));
        await firstProbe.ExpectCompleteAsync(Cancellation);
        await secondProbe.ExpectCompleteAsync(Cancellation);

        Assert.Equal(Content, Join(ofFirst));
        Assert.Equal(Content, Join(ofSecond));
        Assert.NotSame(first, second);
    }

    [Theory]
    [InlineData(1234, 70_000)]
    [InlineData(0, 1)]
    [InlineData(Size - 1, 1)]
    public async Task A_part_of_the_volume_is_downloaded(long offset, long length)
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);

        Task<System.Collections.Immutable.IImmutableList<ReadOnlyMemory<byte>>> all = volume
            .DownloadSource(new TransferOptions { Offset = offset, Length = length })
            .RunWith(Sink.Seq<ReadOnlyMemory<byte>>(), Materializer);

        Assert.Equal(Content[(int)offset..(int)(offset + length)], Join(await CompleteAsync(all)));
    }

    [Fact]
    public async Task A_volume_that_is_too_short_fails_the_source()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) =
            Run(volume.DownloadSource(new TransferOptions { Length = Size + 1 }));

        await probe.RequestAsync(1000);
        while (await probe.ExpectNextOrErrorAsync(Cancellation) is not EndOfStreamException)
        {
        }

        Assert.IsType<EndOfStreamException>(await EndOf(control.Completion));
        await NothingIsLeftAsync(volume);
    }

    [Fact]
    public async Task Cancelling_after_an_element_aborts_the_download()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = Run(volume.DownloadSource());
        ReadOnlyMemory<byte> first = await probe.RequestNextAsync();

        await probe.CancelAsync();

        Assert.IsType<OperationCanceledException>(await EndOf(control.Completion));
        await NothingIsLeftAsync(volume);
        Assert.Equal(Content.AsSpan(0, first.Length), first.Span);
    }

    [Fact]
    public async Task A_consumer_that_takes_one_element_keeps_it()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);

        Task<ReadOnlyMemory<byte>> first = volume.DownloadSource().RunWith(Sink.First<ReadOnlyMemory<byte>>(), Materializer);
        ReadOnlyMemory<byte> kept = await CompleteAsync(first);
        await NothingIsLeftAsync(volume);

        Assert.Equal(Content.AsSpan(0, kept.Length), kept.Span);
    }

    [Fact]
    public async Task Aborting_fails_the_graph_also_without_demand()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = Run(volume.DownloadSource());
        await probe.RequestNextAsync();

        control.Abort();

        Assert.IsType<OperationCanceledException>(await probe.ExpectErrorAsync(Cancellation));
        Assert.IsType<OperationCanceledException>(await EndOf(control.Completion));
        await NothingIsLeftAsync(volume);
        control.Abort();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_kill_switch_ends_the_download(bool inOrder)
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        ((TransferControl control, UniqueKillSwitch kill), TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) =
            Run(volume.DownloadSource().ViaMaterialized(KillSwitches.Single<ReadOnlyMemory<byte>>(), Keep.Both));
        await probe.RequestNextAsync();

        if (inOrder)
            kill.Shutdown();
        else
            kill.Abort(new InvalidOperationException("enough"));

        if (inOrder)
            await probe.ExpectCompleteAsync(Cancellation);
        else
            Assert.Equal("enough", (await probe.ExpectErrorAsync(Cancellation)).GetBaseException().Message);
        Exception? end = await EndOf(control.Completion);
        Assert.True(inOrder ? end is OperationCanceledException : end?.GetBaseException() is InvalidOperationException, $"It ended with {end}.");
        await NothingIsLeftAsync(volume);
    }

    [Fact]
    public async Task A_refused_call_fails_the_source()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        Script.When(RemoteProcedures.StorageVolDownload).Once().Refuse(ErrorNumber.OperationInvalid, "not now");
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = Run(volume.DownloadSource());

        await probe.RequestAsync(1);

        Assert.IsType<LibvirtRemoteException>(await probe.ExpectErrorAsync(Cancellation));
        Assert.IsType<LibvirtRemoteException>(await EndOf(control.Completion));
        await NothingIsLeftAsync(volume);
    }

    [Fact]
    public async Task An_error_of_the_daemon_in_the_middle_comes_after_the_bytes_before_it()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        Script.When(RemoteProcedures.StorageVolDownload).Once().BreakStreamAfter(600_000, StreamBreak.Error);
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = Run(volume.DownloadSource());

        await probe.RequestAsync(1000);
        List<ReadOnlyMemory<byte>> before = [];
        object next;
        while ((next = await probe.ExpectNextOrErrorAsync(Cancellation)) is ReadOnlyMemory<byte> element)
            before.Add(element);

        Assert.IsType<LibvirtRemoteException>(next);
        Assert.Equal(Content[..(2 * 262120)], Join(before));
        Assert.IsType<LibvirtRemoteException>(await EndOf(control.Completion));
        await NothingIsLeftAsync(volume);
    }

    [Fact]
    public async Task A_lost_connection_is_resumed_at_its_offset()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        Script.When(RemoteProcedures.StorageVolDownload).Times(2).BreakStreamAfter(300_000, StreamBreak.DropConnection);

        (TransferControl control, Task<System.Collections.Immutable.IImmutableList<ReadOnlyMemory<byte>>> all) =
            volume.DownloadSource().ToMaterialized(Sink.Seq<ReadOnlyMemory<byte>>(), Keep.Both).Run(Materializer);

        Assert.Equal(Content, Join(await CompleteAsync(all)));
        Assert.Equal(Size, control.Bytes);
        await NothingIsLeftAsync(volume);
    }

    [Fact]
    public async Task A_lost_connection_fails_a_source_that_does_not_resume()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        Script.When(RemoteProcedures.StorageVolDownload).Once().BreakStreamAfter(300_000, StreamBreak.DropConnection);
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) =
            Run(volume.DownloadSource(new TransferOptions { Resume = false }));

        await probe.RequestAsync(1000);
        object next;
        while ((next = await probe.ExpectNextOrErrorAsync(Cancellation)) is ReadOnlyMemory<byte>)
        {
        }

        Assert.IsType<LibvirtConnectionLostException>(next);
        Assert.IsType<LibvirtConnectionLostException>(await EndOf(control.Completion));
        await NothingIsLeftAsync(volume);
    }

    [Fact]
    public async Task Cancelling_while_the_transfer_waits_to_resume_leaves_nothing()
    {
        Host.StoragePools["default"].AddVolume("large", 64 << 20);
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor, "large");
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = Run(volume.DownloadSource());
        await probe.RequestNextAsync();
        Host.CrashDaemon();
        await probe.RequestAsync(1000);
        await UntilAsync(() => hypervisor.State is HypervisorState.Backoff);

        await probe.CancelAsync();

        Assert.IsType<OperationCanceledException>(await EndOf(control.Completion));
    }

    [Fact]
    public async Task A_hypervisor_that_closes_fails_the_source()
    {
        Hypervisor hypervisor = await ConnectAsync(OneBulk with { StreamBuffer = 64 * 1024, CloseTimeout = TimeSpan.FromSeconds(3) });
        StorageVolume volume = await VolumeAsync(hypervisor);
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = Run(volume.DownloadSource());
        await probe.RequestNextAsync();

        await CompleteAsync(hypervisor.DisposeAsync().AsTask());
        await probe.RequestAsync(1000);
        object next;
        while ((next = await probe.ExpectNextOrErrorAsync(Cancellation)) is ReadOnlyMemory<byte>)
        {
        }

        Assert.IsType<LibvirtConnectionLostException>(next);
        Assert.IsType<LibvirtConnectionLostException>(await EndOf(control.Completion));
    }

    [Fact]
    public async Task A_materializer_that_is_shut_down_aborts_the_download()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = Run(volume.DownloadSource());
        await probe.RequestNextAsync();

        Materializer.Shutdown();

        Assert.IsType<OperationCanceledException>(await EndOf(control.Completion));
        await NothingIsLeftAsync(volume);
    }
}
