using Akka.Actor;
using Libvirt.Dispatch;
using Libvirt.Events;

namespace Libvirt.Messages;

/// <summary>
/// Ends those subscriptions of the sender at a hypervisor that carry this correlation id, also those that are not made yet. The reply is one
/// <see cref="UnsubscribeEventsAck"/>, also if there was none; no message of these subscriptions arrives after it.
/// </summary>
/// <param name="Kind">Only subscriptions to this kind; null for every kind.</param>
/// <param name="CorrelationId">The <see cref="SubscribeEvents.CorrelationId"/> of the subscriptions; null for those that have none.</param>
public sealed record UnsubscribeEvents(EventKind? Kind = null, object? CorrelationId = null) : ILibvirtMessage, ICorrelated, IAnswerable
{
    void IAnswerable.OnUndelivered(IActorRef sender, IActorRef recipient) => sender.Tell(new UnsubscribeEventsAck(CorrelationId), recipient);
}
