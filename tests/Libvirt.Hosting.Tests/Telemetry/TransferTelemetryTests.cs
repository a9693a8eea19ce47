using System.Diagnostics;
using Akka;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Libvirt.Simulator;
using Libvirt.Streams;

namespace Libvirt.Hosting.Tests.Telemetry;

/// <summary>The telemetry of streams and transfers.</summary>
[Collection(nameof(Recorded))]
public sealed class TransferTelemetryTests : IAsyncDisposable
{
    private const int Size = 300_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("telemetry").FullName;
    private readonly HypervisorSimulator _simulator = new();
    private readonly SimulatedHost _host;

    public TransferTelemetryTests()
    {
        _host = _simulator.AddHost("hv1");
        _host.StoragePools["default"].AddVolume("disk.img", Size, new byte[Size]);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Socket => Path.Combine(_folder, "sock");

    [Fact]
    public async Task A_transfer_is_an_activity_with_its_calls_as_children_and_its_bytes_are_counted()
    {
        using Recorded recorded = new();
        await using Hypervisor hypervisor = await ConnectAsync();
        StorageVolume volume = await VolumeAsync(hypervisor);

        await volume.DownloadAsync(Stream.Null, cancellationToken: Cancellation);
        await volume.UploadAsync(new MemoryStream(new byte[1000]), cancellationToken: Cancellation);

        Activity download = Assert.Single(recorded.Activities, activity => Is(activity, "libvirt/download"));
        Assert.Equal((ActivityKind.Client, (object)(long)Size), (download.Kind, download.GetTagItem("libvirt.transfer.size")));
        Assert.Equal(download.SpanId, Assert.Single(recorded.Activities, activity => Is(activity, "remote/storage_vol_download")).ParentSpanId);
        Assert.Equal(1000L, Assert.Single(recorded.Activities, activity => Is(activity, "libvirt/upload")).GetTagItem("libvirt.transfer.size"));
        Assert.Equal(Size, recorded.Of("libvirt.stream.io", "network.io.direction=receive", "rpc.method=storage_vol_download").Sum(one => one.Value));
        Assert.Equal(1000, recorded.Of("libvirt.stream.io", "network.io.direction=transmit", "rpc.method=storage_vol_upload").Sum(one => one.Value));
    }

    [Fact]
    public async Task A_transfer_by_a_graph_belongs_to_the_activity_that_materialised_it()
    {
        using Recorded recorded = new();
        using ActorSystem system = ActorSystem.Create("graphs", "akka.stdout-loglevel = OFF, akka.loglevel = OFF");
        using ActorMaterializer materializer = system.Materializer();
        await using Hypervisor hypervisor = await ConnectAsync();
        StorageVolume volume = await VolumeAsync(hypervisor);

        using Activity parent = new Activity("mirror").Start();
        TransferControl download = volume.DownloadSource().To(Sink.Ignore<ReadOnlyMemory<byte>>().MapMaterializedValue(_ => NotUsed.Instance)).Run(materializer);
        await download.Completion;
        TransferControl upload = Source.Single((ReadOnlyMemory<byte>)new byte[1000]).RunWith(volume.UploadSink(length: 1001), materializer);
        await Assert.ThrowsAsync<EndOfStreamException>(() => upload.Completion);
        parent.Stop();

        Activity down = Assert.Single(recorded.Activities, activity => Is(activity, "libvirt/download"));
        Assert.Equal((parent.SpanId, (object)(long)Size, ActivityStatusCode.Unset), (down.ParentSpanId, down.GetTagItem("libvirt.transfer.size"), down.Status));
        Assert.Equal(down.SpanId, Assert.Single(recorded.Activities, activity => Is(activity, "remote/storage_vol_download")).ParentSpanId);
        Activity up = Assert.Single(recorded.Activities, activity => Is(activity, "libvirt/upload"));
        Assert.Equal((parent.SpanId, (object)1000L, "EndOfStreamException"), (up.ParentSpanId, up.GetTagItem("libvirt.transfer.size"), up.GetTagItem("error.type")));
    }

    [Fact]
    public async Task A_transfer_that_fails_says_how()
    {
        using Recorded recorded = new();
        await using Hypervisor hypervisor = await ConnectAsync();
        StorageVolume volume = await VolumeAsync(hypervisor);

        await Assert.ThrowsAsync<EndOfStreamException>(
            () => volume.DownloadAsync(Stream.Null, new TransferOptions { Length = Size + 1 }, Cancellation).AsTask());

        Activity download = Assert.Single(recorded.Activities, activity => Is(activity, "libvirt/download"));
        Assert.Equal((ActivityStatusCode.Error, "EndOfStreamException"), (download.Status, download.GetTagItem("error.type")));
    }

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Hypervisor> ConnectAsync() => await Hypervisor.ConnectAsync(_simulator.ListenUnix(Socket).Uri(), cancellationToken: Cancellation);

    private static async Task<StorageVolume> VolumeAsync(Hypervisor hypervisor)
    {
        StoragePool pool = await hypervisor.LookupStoragePoolByNameAsync("default", cancellationToken: Cancellation);
        return await pool.LookupVolumeByNameAsync("disk.img", cancellationToken: Cancellation);
    }

    private bool Is(Activity activity, string name) => activity.DisplayName == name && activity.GetTagItem("server.address") as string == Socket;
}
