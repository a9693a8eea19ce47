using Libvirt.Dispatch;
using Libvirt.Connections;

namespace Libvirt.Streams;

/// <summary>Answer with a connection for one stream of that kind, when there is one.</summary>
internal sealed class RentConnection(ConnectionRole role) : Request<ConnectionHandle>("The stream was not opened: the hypervisor was closed.")
{
    /// <summary>What the connection is for.</summary>
    public ConnectionRole Role => role;
}

/// <summary>A connection for streams is there for its next one: it is ready, or its last stream has ended.</summary>
internal sealed record StreamConnectionIsFree(ConnectionHandle Connection) : ILocalMessage;

/// <summary>A connection for streams has been idle for as long as it may be.</summary>
internal sealed record StreamConnectionIsIdle(ConnectionHandle Connection) : ILocalMessage;

/// <summary>A connection for streams has ended.</summary>
internal sealed record StreamConnectionEnded(ConnectionHandle Connection) : ILocalMessage;
