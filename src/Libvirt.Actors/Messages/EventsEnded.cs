using Libvirt.Events;

namespace Libvirt.Messages;

/// <summary>A subscription has ended, not by its subscriber: nothing more comes of it.</summary>
/// <param name="Kind">What was subscribed to.</param>
/// <param name="Reason">
/// Null when the hypervisor has closed in order. Otherwise what ended it: a <see cref="LibvirtConnectionLostException"/> (the hypervisor has closed for that
/// reason), a <see cref="LibvirtRemoteException"/> or <see cref="LibvirtEventNotSupportedException"/> (the daemon refused the kind after a reconnect), an
/// <see cref="EventOverflowException"/> (<see cref="EventOverflow.Fail"/>), or an <see cref="InvalidOperationException"/> (an actor of the runtime failed).
/// </param>
/// <param name="Dropped">How many events were dropped that no <see cref="EventEnvelope{TEvent}"/> has counted.</param>
/// <param name="CorrelationId">What the <see cref="SubscribeEvents"/> carried.</param>
public sealed record EventsEnded(EventKind Kind, Exception? Reason, long Dropped, object? CorrelationId) : ILibvirtMessage, ICorrelated;
