using Libvirt.Events;

namespace Libvirt.Messages;

/// <summary>
/// One notice of a subscription by message: an event, a gap or a count of dropped events. Its sender is the hypervisor, or with acknowledged delivery the actor of
/// the subscription.
/// </summary>
/// <typeparam name="TEvent">The kind's type.</typeparam>
/// <param name="Kind">What is subscribed to.</param>
/// <param name="Notice">The notice.</param>
/// <param name="CorrelationId">What the <see cref="SubscribeEvents"/> carried.</param>
public sealed record EventEnvelope<TEvent>(EventKind Kind, EventNotice<TEvent> Notice, object? CorrelationId) : ILibvirtMessage, IEventEnvelope
    where TEvent : LibvirtEvent
{
    IEventNotice IEventEnvelope.Notice => Notice;
}
