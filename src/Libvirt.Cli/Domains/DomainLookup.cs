using System.Globalization;

namespace Libvirt.Cli.Domains;

/// <summary>Finds the domain that a word means, as virsh does: a number is an id first, then come UUIDs, then names.</summary>
internal static class DomainLookup
{
    /// <exception cref="LibvirtRemoteException">No domain matches, or the daemon refused to look.</exception>
    public static async Task<Domain> FindAsync(Hypervisor hypervisor, string word, CancellationToken cancellationToken)
    {
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            && await OrNullAsync(hypervisor.LookupDomainByIdAsync(id, cancellationToken: cancellationToken)).ConfigureAwait(false) is { } byId)
        {
            return byId;
        }

        if (Guid.TryParseExact(word, "D", out Guid uuid)
            && await OrNullAsync(hypervisor.LookupDomainByUuidAsync(uuid, cancellationToken: cancellationToken)).ConfigureAwait(false) is { } byUuid)
        {
            return byUuid;
        }

        return await hypervisor.LookupDomainByNameAsync(word, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Domain?> OrNullAsync(ValueTask<Domain> lookup)
    {
        try
        {
            return await lookup.ConfigureAwait(false);
        }
        catch (LibvirtRemoteException refusal) when (refusal.Code == ErrorNumber.NoDomain)
        {
            return null;
        }
    }
}
