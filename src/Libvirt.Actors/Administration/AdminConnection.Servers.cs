using Libvirt.Protocol.Admin;

namespace Libvirt;

public sealed partial class AdminConnection
{
    /// <summary>Gets the daemon's libvirt version as one number: 1,000,000 per major, 1,000 per minor and 1 per release.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmConnectGetLibVersion">virAdmConnectGetLibVersion</see>. Since libvirt 2.0.0. Procedure <c>ADMIN_PROC_CONNECT_GET_LIB_VERSION</c>.</remarks>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<ulong> GetLibVersionAsync(CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ConnectGetLibVersionRet reply = await Admin.ConnectGetLibVersionAsync(options, cancellationToken).ConfigureAwait(false);
        return reply.LibVer;
    }

    /// <summary>Lists the servers inside the daemon, such as libvirtd and admin, each with clients and workers of its own.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmConnectListServers">virAdmConnectListServers</see>. Since libvirt 2.0.0. Procedure <c>ADMIN_PROC_CONNECT_LIST_SERVERS</c>.</remarks>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<IReadOnlyList<DaemonServer>> ListServersAsync(CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ConnectListServersRet reply = await Admin.ConnectListServersAsync(new() { NeedResults = 1, Flags = 0 }, options, cancellationToken)
            .ConfigureAwait(false);
        return [.. reply.Servers.Select(server => new DaemonServer(this, server))];
    }

    /// <summary>Finds one of the daemon's servers by its name.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmConnectLookupServer">virAdmConnectLookupServer</see>. Since libvirt 2.0.0. Procedure <c>ADMIN_PROC_CONNECT_LOOKUP_SERVER</c>.</remarks>
    /// <param name="name">The server's name: libvirtd, virtqemud, admin and so on.</param>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="LibvirtRemoteException">There is none of that name, <see cref="ErrorNumber.NoServer"/>.</exception>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<DaemonServer> LookupServerAsync(
        string name, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ConnectLookupServerRet reply = await Admin.ConnectLookupServerAsync(new() { Name = name, Flags = 0 }, options, cancellationToken)
            .ConfigureAwait(false);
        return new DaemonServer(this, reply.Srv);
    }
}
