using Libvirt.Bench.Measuring;
using Libvirt.Streams;

namespace Libvirt.Bench.Work;

/// <summary>A volume, down or up, from and to memory. Another one goes ahead unmeasured, as warm-up.</summary>
internal static class TransferWork
{
    public static async Task<Sample> RunAsync(string socket, bool down, string poolName, string volumeName, long bytes)
    {
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync($"qemu+unix:///session?socket={socket}");
        StoragePool pool = await hypervisor.LookupStoragePoolByNameAsync(poolName);
        StorageVolume volume = await pool.LookupVolumeByNameAsync(volumeName);
        await TransferAsync(volume, down, bytes);
        Meter meter = new();
        await TransferAsync(volume, down, bytes);
        return meter.Read() with { Count = 1, Bytes = bytes };
    }

    private static async Task TransferAsync(StorageVolume volume, bool down, long bytes)
    {
        TransferOptions options = new() { Length = bytes };
        long came = down ? await volume.DownloadAsync(new Sink(), options) : await volume.UploadAsync(new Supply(bytes), options);
        if (came != bytes)
            throw new InvalidDataException($"{came} bytes were transferred instead of {bytes}.");
    }
}
