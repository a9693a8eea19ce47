using Akka.Actor;
using Libvirt.Dispatch;
using Libvirt.Calls;
using Libvirt.Connections;

namespace Libvirt;

/// <summary>A connection of ours serves calls from now on.</summary>
internal sealed record ConnectionIsReady(ConnectionHandle Connection) : ILocalMessage;

/// <summary>A connection of ours has ended.</summary>
internal sealed record ConnectionEnded(ConnectionHandle Connection) : ILocalMessage;

/// <summary>Every place of a connection's window is held by a slow call, and others wait.</summary>
internal sealed record ConnectionIsStuck(ConnectionHandle Connection) : ILocalMessage;

/// <summary>A connection that was made for relief has ended.</summary>
internal sealed record OverflowEnded(ConnectionHandle Connection) : ILocalMessage;

/// <summary>The backoff is over.</summary>
internal sealed record Reconnect : ILocalMessage;

/// <summary>The hypervisor's turn has come among all that were to connect again.</summary>
internal sealed record ReconnectTurn : ILocalMessage;

/// <summary>Time to look for held calls whose deadline has passed.</summary>
internal sealed record SweepHeldCalls : ILocalMessage;

/// <summary>Nobody awaits the held call any longer.</summary>
internal sealed record AbandonHeldCall(IPendingCall Call) : ILocalMessage;

/// <summary>Answer with the event hub.</summary>
internal sealed class GetEventHub() : Request<IActorRef>("The subscription was not made: the hypervisor was closed.");

/// <summary>The event hub has stopped.</summary>
internal sealed record EventHubEnded : ILocalMessage;

/// <summary>Every event is registered again on the connection.</summary>
internal sealed record EventsAttached(ConnectionHandle Connection) : ILocalMessage;

/// <summary>Close in order: calls under way may end within the close time-out.</summary>
internal sealed record CloseHypervisor : ILocalMessage;
