using Libvirt.Testing;

namespace Libvirt.Integration.Streams;

/// <summary>Volumes of a daemon's own pool.</summary>
internal static class Volumes
{
    public const int MiB = 1024 * 1024;

    /// <summary>A raw volume named disk, without any data, in a pool made for it.</summary>
    public static async Task<StorageVolume> CreateVolumeAsync(LibvirtDaemon daemon, Hypervisor hypervisor, long size)
    {
        string directory = Path.Combine(daemon.DataDirectory, "pool");
        StoragePool pool = await hypervisor.DefineStoragePoolXmlAsync($"<pool type='dir'><name>pool</name><target><path>{directory}</path></target></pool>");
        await pool.BuildAsync();
        await pool.CreateAsync();
        return await pool.CreateVolumeXmlAsync(
            $"<volume><name>disk</name><capacity>{size}</capacity><allocation>0</allocation><target><format type='raw'/></target></volume>");
    }
}
