using Libvirt.Protocol.Admin;

namespace Libvirt;

/// <summary>A client of a daemon, as it was when the object was obtained. libvirt's <c>virAdmClientPtr</c>. Cheap, immutable, free-threaded.</summary>
public sealed class DaemonClient : IEquatable<DaemonClient>
{
    internal DaemonClient(DaemonServer server, AdminClient handle)
    {
        Server = server;
        Handle = handle;
    }

    /// <summary>The server that it is connected to.</summary>
    public DaemonServer Server { get; }

    /// <summary>Its number, which the daemon gives to no other client. Serves <c>virAdmClientGetID</c>.</summary>
    public ulong Id => Handle.Id;

    /// <summary>When it connected, to the second; null where the daemon does not know. Serves <c>virAdmClientGetTimestamp</c>.</summary>
    public DateTimeOffset? ConnectedAt => Handle.Timestamp == 0 ? null : WireTime.FromUnix(Handle.Timestamp);

    /// <summary>How it is connected; who comes through ssh, is connected by a unix socket. Serves <c>virAdmClientGetTransport</c>.</summary>
    public ClientTransport Transport => (ClientTransport)Handle.Transport;

    /// <summary>What names it on the wire.</summary>
    internal AdminClient Handle { get; }

    /// <summary>Gets who it is: its process and user or its address, and how it has proved who it is.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmClientGetInfo">virAdmClientGetInfo</see>. Since libvirt 2.0.0. Procedure <c>ADMIN_PROC_CLIENT_GET_INFO</c>.</remarks>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="LibvirtRemoteException">It has gone, <see cref="ErrorNumber.NoClient"/>.</exception>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<ClientInfo> GetInfoAsync(CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ClientGetInfoRet reply = await Server.Connection.Admin.ClientGetInfoAsync(new() { Clnt = Handle, Flags = 0 }, options, cancellationToken)
            .ConfigureAwait(false);
        return new ClientInfo(this, new TypedParameters(reply.Params));
    }

    /// <summary>Ends its connection at once. The daemon finishes the calls that it has begun for it, and nobody gets their answers.</summary>
    /// <remarks>Serves <see href="https://libvirt.org/html/libvirt-libvirt-admin.html#virAdmClientClose">virAdmClientClose</see>. Since libvirt 2.0.0. Procedure <c>ADMIN_PROC_CLIENT_CLOSE</c>.</remarks>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="LibvirtRemoteException">It has gone already, <see cref="ErrorNumber.NoClient"/>.</exception>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public ValueTask CloseAsync(CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Server.Connection.Admin.ClientCloseAsync(new() { Clnt = Handle, Flags = 0 }, options, cancellationToken);

    /// <summary>Whether both are the same client of the same server.</summary>
    public bool Equals(DaemonClient? other) => other is not null && Server.Equals(other.Server) && Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DaemonClient);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    /// <summary>Its server and number.</summary>
    public override string ToString() => $"{Server} {Id}";
}
