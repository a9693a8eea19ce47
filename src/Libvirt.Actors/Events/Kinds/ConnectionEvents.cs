using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>Every kind of event about the daemon's own connection.</summary>
public static class ConnectionEvents
{
    /// <summary>See <see cref="ConnectionClosedEvent"/>. Serves <c>virConnectRegisterCloseCallback</c>.</summary>
    public static EventKind<ConnectionClosedEvent> Closed { get; } = new(
        EventFamily.Connection, 0, "connection-closed",
        WireEvent.Of(RemoteEvents.ConnectEventConnectionClosed, static m => new ConnectionClosedEvent((ConnectCloseReason)m.Reason)));
}
