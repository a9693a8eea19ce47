using Libvirt.Protocol.Remote;

namespace Libvirt;

public sealed partial class Domain
{
    /// <summary>
    /// Migrates the domain to another host, peer to peer: this domain's daemon connects to the other one by itself and carries the whole migration
    /// out. Returns when the domain runs there, or stays here because it failed.
    /// </summary>
    /// <remarks>
    /// Serves <see href="https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainMigrateToURI3">virDomainMigrateToURI3</see> in its
    /// peer-to-peer form. Since libvirt 1.1.0. Procedure <c>REMOTE_PROC_DOMAIN_MIGRATE_PERFORM3_PARAMS</c>.
    /// </remarks>
    /// <param name="destinationUri">The other daemon's URI as this domain's daemon reaches it, such as <c>qemu+tls://hv2.example/system</c>.</param>
    /// <param name="flags">How to migrate; <see cref="DomainMigrateFlags.Peer2Peer"/> is added.</param>
    /// <param name="parameters">Details such as <c>migrate_uri</c>, <c>bandwidth</c> (MiB/s) or <c>destination_xml</c>; none when null.</param>
    /// <param name="options">The call's own limits; the connection's when null. A migration may rightly take hours.</param>
    /// <param name="cancellationToken">Gives up the waiting; the migration goes on. <see cref="AbortJobAsync(CallOptions?, CancellationToken)"/> ends it.</param>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask MigrateToUriAsync(
        string destinationUri,
        DomainMigrateFlags flags = 0,
        TypedParameters? parameters = null,
        CallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(destinationUri);
        DomainMigratePerform3ParamsArgs args = new()
        {
            Dom = Handle,
            DestinationUri = destinationUri,
            Params = [.. parameters ?? TypedParameters.Empty],
            CookieIn = [],
            Flags = (uint)(flags | DomainMigrateFlags.Peer2Peer),
        };
        await Hypervisor.Remote.DomainMigratePerform3ParamsAsync(args, options, cancellationToken).ConfigureAwait(false);
    }
}
