using Akka.Actor;
using Libvirt.Connections;

namespace Libvirt.Streams;

/// <summary>One connection of a pool.</summary>
internal sealed class PooledConnection(ConnectionHandle handle, IActorRef connection)
{
    public ConnectionHandle Handle => handle;

    public IActorRef Ref => connection;

    public PooledConnectionState State { get; set; } = PooledConnectionState.Connecting;
}
