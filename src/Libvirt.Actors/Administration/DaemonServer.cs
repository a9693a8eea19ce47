using Libvirt.Protocol.Admin;

namespace Libvirt;

/// <summary>
/// One of the servers inside a daemon: a set of sockets with clients and worker threads of its own. libvirt's <c>virAdmServerPtr</c>. Cheap, immutable,
/// free-threaded.
/// </summary>
public sealed partial class DaemonServer : IEquatable<DaemonServer>
{
    internal DaemonServer(AdminConnection connection, AdminServer handle)
    {
        Connection = connection;
        Handle = handle;
    }

    /// <summary>The connection to the daemon that it belongs to.</summary>
    public AdminConnection Connection { get; }

    /// <summary>Its name. Serves <c>virAdmServerGetName</c>.</summary>
    public string Name => Handle.Name;

    /// <summary>What names it on the wire.</summary>
    internal AdminServer Handle { get; }

    /// <summary>Lists the clients that are connected to it now.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmServerListClients">virAdmServerListClients</see>. Since libvirt 2.0.0. Procedure <c>ADMIN_PROC_SERVER_LIST_CLIENTS</c>.</remarks>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<IReadOnlyList<DaemonClient>> ListClientsAsync(CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ServerListClientsRet reply = await Connection.Admin.ServerListClientsAsync(
            new() { Srv = Handle, NeedResults = 1, Flags = 0 }, options, cancellationToken).ConfigureAwait(false);
        return [.. reply.Clients.Select(client => new DaemonClient(this, client))];
    }

    /// <summary>Finds a connected client by its id.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmServerLookupClient">virAdmServerLookupClient</see>. Since libvirt 2.0.0. Procedure <c>ADMIN_PROC_SERVER_LOOKUP_CLIENT</c>.</remarks>
    /// <param name="id">The client's number, which the daemon gives to no other.</param>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="LibvirtRemoteException">There is none, or it has gone, <see cref="ErrorNumber.NoClient"/>.</exception>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<DaemonClient> LookupClientAsync(ulong id, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ServerLookupClientRet reply = await Connection.Admin.ServerLookupClientAsync(
            new() { Srv = Handle, Id = id, Flags = 0 }, options, cancellationToken).ConfigureAwait(false);
        return new DaemonClient(this, reply.Clnt);
    }

    /// <summary>Has it read its TLS certificates, keys and revocation list again. Connections that stand keep what they have.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmServerUpdateTlsFiles">virAdmServerUpdateTlsFiles</see>. Since libvirt 6.2.0. Procedure <c>ADMIN_PROC_SERVER_UPDATE_TLS_FILES</c>.</remarks>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public ValueTask UpdateTlsFilesAsync(CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Connection.Admin.ServerUpdateTlsFilesAsync(new() { Srv = Handle, Flags = 0 }, options, cancellationToken);

    /// <summary>Whether both are the same server of the same connection.</summary>
    public bool Equals(DaemonServer? other) => other is not null && ReferenceEquals(Connection, other.Connection) && Name == other.Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DaemonServer);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
