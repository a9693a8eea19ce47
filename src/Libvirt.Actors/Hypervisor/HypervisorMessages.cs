using Actors;
using Libvirt.Calls;
using Libvirt.Connection;
using Libvirt.Events;

namespace Libvirt;

/// <summary>A connection of ours serves calls from now on.</summary>
internal sealed record ConnectionIsReady(ConnectionHandle Connection) : IHypervisorMessage;

/// <summary>A connection of ours has ended.</summary>
internal sealed record ConnectionEnded(ConnectionHandle Connection) : IHypervisorMessage;

/// <summary>Every place of a connection's window is held by a slow call, and others wait.</summary>
internal sealed record ConnectionIsStuck(ConnectionHandle Connection) : IHypervisorMessage;

/// <summary>A connection that was made for relief has ended.</summary>
internal sealed record OverflowEnded(ConnectionHandle Connection) : IHypervisorMessage;

/// <summary>The backoff is over.</summary>
internal sealed record Reconnect : IHypervisorMessage;

/// <summary>The hypervisor's turn has come among all that were to connect again.</summary>
internal sealed record ReconnectTurn : IHypervisorMessage;

/// <summary>Time to look for held calls whose deadline has passed.</summary>
internal sealed record SweepHeldCalls : IHypervisorMessage;

/// <summary>Nobody awaits the held call any longer.</summary>
internal sealed record AbandonHeldCall(IPendingCall Call) : IHypervisorMessage;

/// <summary>Answer when calls are served, or with the reason of the first attempt that failed.</summary>
internal sealed record AwaitReady(ReplyTo<bool> Reply) : IHypervisorMessage;

/// <summary>Answer with the address of the event hub.</summary>
internal sealed record GetEventHub(ReplyTo<IActorRef<IEventHubMessage>> Reply) : IHypervisorMessage;

/// <summary>Every event is registered again on the connection.</summary>
internal sealed record EventsAttached(ConnectionHandle Connection) : IHypervisorMessage;

/// <summary>Close in order: calls under way may end within the close time-out.</summary>
internal sealed record CloseHypervisor : IHypervisorMessage;
