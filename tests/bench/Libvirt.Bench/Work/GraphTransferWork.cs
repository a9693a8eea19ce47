using Akka.Streams;
using Libvirt.Bench.Measuring;
using Libvirt.Streams;

namespace Libvirt.Bench.Work;

/// <summary>The same volume, down or up, by a graph of Akka.Streams on the dispatcher of the runtime, from and to memory. Another one goes ahead unmeasured.</summary>
internal static class GraphTransferWork
{
    public static async Task<Sample> RunAsync(string socket, bool down, string poolName, string volumeName, long bytes)
    {
        await using LibvirtRuntime runtime = LibvirtRuntime.Create("bench");
        await using Hypervisor hypervisor = await runtime.ConnectAsync($"qemu+unix:///session?socket={socket}");
        StoragePool pool = await hypervisor.LookupStoragePoolByNameAsync(poolName);
        StorageVolume volume = await pool.LookupVolumeByNameAsync(volumeName);
        using ActorMaterializer materializer = runtime.System.Materializer(
            ActorMaterializerSettings.Create(runtime.System).WithDispatcher("libvirt.inline-dispatcher"));
        await TransferAsync(volume, down, bytes, materializer);
        Meter meter = new();
        await TransferAsync(volume, down, bytes, materializer);
        return meter.Read() with { Count = 1, Bytes = bytes };
    }

    private static async Task TransferAsync(StorageVolume volume, bool down, long bytes, IMaterializer materializer)
    {
        TransferControl control = down
            ? volume.DownloadSource(new TransferOptions { Length = bytes }).To(Akka.Streams.Dsl.Sink.Ignore<ReadOnlyMemory<byte>>()).Run(materializer)
            : Akka.Streams.Dsl.Source.FromEnumerator(() => Elements(bytes).GetEnumerator()).RunWith(volume.UploadSink(bytes), materializer);
        await control.Completion;
        if (control.Bytes != bytes)
            throw new InvalidDataException($"{control.Bytes} bytes were transferred instead of {bytes}.");
    }

    /// <summary>Elements of one packet each, read as the bytes of the other variant are.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Elements(long bytes)
    {
        Supply supply = new(bytes);
        byte[] element = new byte[StreamPort.MaxPacket];
        while (supply.Read(element) is > 0 and int count)
            yield return element.AsMemory(0, count);
    }
}
