using Akka.Actor;

namespace Libvirt.Events;

/// <summary>
/// Tells an actor the notices of a subscription. Events are dropped and counted while as many messages as the subscription's capacity wait in the actor's
/// mailbox; the count is told before the next event, and so is a gap that was reported meanwhile. Used in the turns of the one actor that delivers.
/// </summary>
internal sealed class MailboxDelivery<TEvent>(IActorRef subscriber, int capacity, Func<EventNotice<TEvent>, object> map, IActorRef? sender)
    where TEvent : LibvirtEvent
{
    private readonly SubscriberMailbox _mailbox = new(subscriber, capacity);
    private EventGap? _heldGap;

    /// <summary>Dropped events that the subscriber has not been told of.</summary>
    public long Dropped { get; private set; }

    /// <summary>Tells an event, a gap or a count. False when an event was dropped.</summary>
    public bool Deliver(in EventNotice<TEvent> notice)
    {
        if (notice.Gap is { } gap)
            Deliver(gap);
        else if (notice.Event is null)
            DeliverLost(notice.Dropped);
        else if (!TryCatchUp() || !TryTell(notice))
            Dropped++;
        else
            return true;
        return notice.Event is null;
    }

    private void Deliver(EventGap gap)
    {
        if (!TryCatchUp() || !TryTell(EventNotice<TEvent>.Of(gap)))
            _heldGap = _heldGap?.Join(gap) ?? gap;
    }

    private void DeliverLost(long count)
    {
        Dropped += count;
        TryCatchUp();
    }

    private bool TryCatchUp()
    {
        if (Dropped > 0 && TryTell(EventNotice<TEvent>.OfDropped(Dropped)))
            Dropped = 0;
        if (Dropped == 0 && _heldGap is { } gap && TryTell(EventNotice<TEvent>.Of(gap)))
            _heldGap = null;
        return Dropped == 0 && _heldGap is null;
    }

    private bool TryTell(in EventNotice<TEvent> notice)
    {
        if (_mailbox.IsFull)
            return false;
        subscriber.Tell(map(notice), sender ?? ActorRefs.NoSender);
        return true;
    }
}
