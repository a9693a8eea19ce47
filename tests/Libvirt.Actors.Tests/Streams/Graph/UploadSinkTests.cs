using Akka;
using Akka.Streams;
using Akka.Streams.Dsl;
using Libvirt.Protocol.Remote;
using Libvirt.Simulator;
using Libvirt.Streams;

namespace Libvirt.Tests.Streams.Graph;

public sealed class UploadSinkTests : GraphScenario
{
    private static readonly HypervisorOptions OneBulk = new() { MaxBulkConnections = 1 };

    private readonly byte[] _new = new byte[Size];

    public UploadSinkTests() => new Random(6).NextBytes(_new);

    [Theory]
    [InlineData(1000)]
    [InlineData(64 * 1024)]
    [InlineData(700_000)]
    [InlineData(Size)]
    public async Task Elements_of_any_size_are_written(int size)
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);

        TransferControl control = Elements(_new, size).RunWith(volume.UploadSink(), Materializer);

        Assert.Null(await EndOf(control.Completion));
        Assert.Equal(Size, control.Bytes);
        Assert.Equal(_new, Disk.Read(0, Size));
        await NothingIsLeftAsync(volume);
    }

    [Fact]
    public async Task An_input_that_is_longer_than_the_length_is_cut_and_cancelled()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);

        (Task input, TransferControl control) = Source.Repeat((ReadOnlyMemory<byte>)_new.AsMemory(0, 1000))
            .WatchTermination((_, termination) => (Task)termination)
            .ToMaterialized(volume.UploadSink(length: 2500, new TransferOptions { Offset = 100 }), Keep.Both)
            .Run(Materializer);

        Assert.Null(await EndOf(control.Completion));
        Assert.Null(await EndOf(input));
        Assert.Equal(2500, control.Bytes);
        byte[] expected = (byte[])Content.Clone();
        for (int i = 0; i < 2500; i++)
            expected[100 + i] = _new[i % 1000];
        Assert.Equal(expected, Disk.Read(0, Size));
    }

    [Fact]
    public async Task An_input_that_is_shorter_than_the_length_fails_the_sink_when_it_is_written()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);

        TransferControl control = Elements(_new, 1000).Take(3).RunWith(volume.UploadSink(length: 3001), Materializer);

        Assert.IsType<EndOfStreamException>(await EndOf(control.Completion));
        Assert.Equal(_new[..3000], Disk.Read(0, 3000));
        await NothingIsLeftAsync(volume);
    }

    [Fact]
    public async Task An_empty_input_is_an_upload_of_nothing()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        CallRule uploads = Script.When(RemoteProcedures.StorageVolUpload).Run(_ => { });

        TransferControl control = Source.Empty<ReadOnlyMemory<byte>>().RunWith(volume.UploadSink(), Materializer);

        Assert.Null(await EndOf(control.Completion));
        Assert.Equal((1, 0L), (uploads.Taken, control.Bytes));
    }

    [Fact]
    public async Task An_input_that_fails_before_its_first_element_touches_nothing()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        CallRule uploads = Script.When(RemoteProcedures.StorageVolUpload).Run(_ => { });

        TransferControl control = Source.Failed<ReadOnlyMemory<byte>>(new InvalidDataException("broken")).RunWith(volume.UploadSink(), Materializer);

        Assert.Equal("broken", (await EndOf(control.Completion))!.Message);
        Assert.Equal((0, 1), (uploads.Taken, Host.ClientCount));
    }

    [Fact]
    public async Task An_input_that_fails_in_the_middle_aborts_the_upload()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);

        TransferControl control = Elements(_new, 1000)
            .Select((ReadOnlyMemory<byte> element) => element.Span[0] == _new[5000] && element.Span[1] == _new[5001]
                ? throw new InvalidDataException("broken")
                : element)
            .RunWith(volume.UploadSink(), Materializer);

        Assert.Equal("broken", (await EndOf(control.Completion))!.Message);
        Assert.Equal(5000, control.Bytes);
        await NothingIsLeftAsync(volume);
    }

    [Fact]
    public async Task A_refused_call_cancels_the_input()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        Script.When(RemoteProcedures.StorageVolUpload).Once().Refuse(ErrorNumber.OperationInvalid, "not now");

        (Task input, TransferControl control) = Endless().ToMaterialized(volume.UploadSink(), Keep.Both).Run(Materializer);

        Assert.IsType<LibvirtRemoteException>(await EndOf(control.Completion));
        await EndOf(input);
        await NothingIsLeftAsync(volume);
    }

    [Theory]
    [InlineData(StreamBreak.Error)]
    [InlineData(StreamBreak.DropConnection)]
    public async Task A_broken_stream_fails_the_sink_and_cancels_the_input(StreamBreak how)
    {
        Host.StoragePools["default"].AddVolume("large", 64 << 20);
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor, "large");
        Script.When(RemoteProcedures.StorageVolUpload).Once().BreakStreamAfter(2_000_000, how);

        (Task input, TransferControl control) = Endless().ToMaterialized(volume.UploadSink(), Keep.Both).Run(Materializer);

        Exception? end = await EndOf(control.Completion);
        if (how == StreamBreak.Error)
            Assert.IsType<LibvirtRemoteException>(end);
        else
            Assert.IsType<LibvirtConnectionLostException>(end);
        await EndOf(input);
        Assert.InRange(control.Bytes, 1_000_000, 64 << 20);
        await NothingIsLeftAsync(await VolumeAsync(hypervisor));
    }

    [Fact]
    public async Task Aborting_cancels_the_input_and_aborts_the_upload()
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        TransferControl control = Elements(_new, 1000).Take(2).Concat(Source.Maybe<ReadOnlyMemory<byte>>().MapMaterializedValue(_ => NotUsed.Instance))
            .RunWith(volume.UploadSink(), Materializer);
        await UntilAsync(() => control.Bytes == 2000);

        control.Abort();

        Assert.IsType<OperationCanceledException>(await EndOf(control.Completion));
        await NothingIsLeftAsync(volume);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_kill_switch_in_front_of_the_sink_ends_the_upload(bool inOrder)
    {
        await using Hypervisor hypervisor = await ConnectAsync(OneBulk);
        StorageVolume volume = await VolumeAsync(hypervisor);
        (UniqueKillSwitch kill, TransferControl control) = Elements(_new, 1000).Take(2)
            .Concat(Source.Maybe<ReadOnlyMemory<byte>>().MapMaterializedValue(_ => NotUsed.Instance))
            .ViaMaterialized(KillSwitches.Single<ReadOnlyMemory<byte>>(), Keep.Right)
            .ToMaterialized(volume.UploadSink(), Keep.Both)
            .Run(Materializer);
        await UntilAsync(() => control.Bytes == 2000);

        if (inOrder)
            kill.Shutdown();
        else
            kill.Abort(new InvalidOperationException("enough"));

        Exception? end = await EndOf(control.Completion);
        Assert.Equal(inOrder ? null : "enough", end?.GetBaseException().Message);
        await NothingIsLeftAsync(volume);
    }

    [Fact]
    public async Task A_volume_is_mirrored_between_two_hypervisors()
    {
        SimulatedVolume copy = AddHost("hv2").StoragePools["default"].AddVolume("copy", Size);
        await using Hypervisor from = await ConnectAsync(OneBulk);
        await using Hypervisor to = await Runtime.ConnectAsync("qemu+tcp://hv2/system", OneBulk, Cancellation);
        StorageVolume source = await VolumeAsync(from);
        StorageVolume target = await VolumeAsync(to, "copy");

        (TransferControl down, TransferControl up) = source.DownloadSource().ToMaterialized(target.UploadSink(), Keep.Both).Run(Materializer);

        Assert.Null(await EndOf(up.Completion));
        Assert.Null(await EndOf(down.Completion));
        Assert.Equal((Size, Size), (down.Bytes, up.Bytes));
        Assert.Equal(Content, copy.Read(0, Size));
    }

    private static Source<ReadOnlyMemory<byte>, NotUsed> Elements(byte[] content, int size) =>
        Source.From(Enumerable.Range(0, (content.Length + size - 1) / size))
            .Select(i => (ReadOnlyMemory<byte>)content.AsMemory(i * size, Math.Min(size, content.Length - (i * size))));

    private static Source<ReadOnlyMemory<byte>, Task> Endless() =>
        Source.Repeat((ReadOnlyMemory<byte>)new byte[64 * 1024]).WatchTermination((_, termination) => (Task)termination);
}
