using Libvirt.Events;

namespace Libvirt.Messages;

/// <summary>The subscription is made: the daemon sends the kind, and what happens from now on comes as <see cref="EventEnvelope{TEvent}"/>.</summary>
/// <param name="Kind">What is subscribed to.</param>
/// <param name="CorrelationId">What the <see cref="SubscribeEvents"/> carried.</param>
public sealed record SubscribeEventsAck(EventKind Kind, object? CorrelationId) : ILibvirtMessage, ICorrelated;
