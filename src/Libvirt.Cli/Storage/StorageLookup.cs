namespace Libvirt.Cli.Storage;

/// <summary>Finds the pool or the volume that a word means, as virsh does.</summary>
internal static class StorageLookup
{
    /// <summary>A pool by its UUID, then by its name.</summary>
    /// <exception cref="LibvirtRemoteException">No pool matches, or the daemon refused to look.</exception>
    public static async Task<StoragePool> FindPoolAsync(Hypervisor hypervisor, string word, CancellationToken cancellationToken)
    {
        if (Guid.TryParseExact(word, "D", out Guid uuid)
            && await OrNullAsync(hypervisor.LookupStoragePoolByUuidAsync(uuid, cancellationToken: cancellationToken)).ConfigureAwait(false) is { } pool)
        {
            return pool;
        }

        return await hypervisor.LookupStoragePoolByNameAsync(word, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A volume by its name where its pool is given, then by its key, then by its path.</summary>
    /// <exception cref="LibvirtRemoteException">No volume matches, or the daemon refused to look.</exception>
    public static async Task<StorageVolume> FindVolumeAsync(Hypervisor hypervisor, string word, string? poolWord, CancellationToken cancellationToken)
    {
        if (poolWord is not null)
        {
            StoragePool pool = await FindPoolAsync(hypervisor, poolWord, cancellationToken).ConfigureAwait(false);
            if (await OrNullAsync(pool.LookupVolumeByNameAsync(word, cancellationToken: cancellationToken)).ConfigureAwait(false) is { } byName)
                return byName;
        }

        return await OrNullAsync(hypervisor.LookupStorageVolumeByKeyAsync(word, cancellationToken: cancellationToken)).ConfigureAwait(false)
            ?? await hypervisor.LookupStorageVolumeByPathAsync(word, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private static async Task<T?> OrNullAsync<T>(ValueTask<T> lookup)
        where T : class
    {
        try
        {
            return await lookup.ConfigureAwait(false);
        }
        catch (LibvirtRemoteException refusal) when (refusal.Code is ErrorNumber.NoStoragePool or ErrorNumber.NoStorageVol)
        {
            return null;
        }
    }
}
