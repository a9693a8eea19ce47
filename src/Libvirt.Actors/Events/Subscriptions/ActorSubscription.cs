using Akka.Actor;
using Libvirt.Diagnostics;

namespace Libvirt.Events;

/// <summary>
/// A subscription that tells an actor. Events are dropped and counted while more than the subscription's capacity wait in the actor's mailbox, and the count
/// is told before the next event; so is a gap that was reported meanwhile. Used in the turns of the one actor that delivers to it.
/// </summary>
internal sealed class ActorSubscription<TEvent>(
    EventKind<TEvent> kind, EventSubscriptionOptions options, IActorRef subscriber, Func<EventNotice<TEvent>, object> map, IActorRef hub)
    : IEventSubscriber, IAsyncDisposable
    where TEvent : LibvirtEvent
{
    private readonly SubscriberMailbox _mailbox = new(subscriber, options.QueueCapacity);
    private EventGap? _heldGap;
    private long _dropped;
    private volatile bool _ended;

    public EventKind Kind => kind;

    public EventSubscriptionOptions Options => options;

    public IActorRef Owner => subscriber;

    public void Deliver(LibvirtEvent happened, bool isSynthesised)
    {
        if (_ended)
            return;
        if (TryCatchUp() && TryTell(EventNotice<TEvent>.Of((TEvent)happened, isSynthesised)))
        {
            EventTelemetry.Delivered();
            return;
        }

        _dropped++;
        EventTelemetry.Dropped();
    }

    public void Deliver(EventGap gap)
    {
        if (!_ended && (!TryCatchUp() || !TryTell(EventNotice<TEvent>.Of(gap))))
            _heldGap = _heldGap?.Join(gap) ?? gap;
    }

    public void DeliverLost(long count)
    {
        _dropped += count;
        if (!_ended)
            TryCatchUp();
    }

    // The actor is not told: it watches the hypervisor's state if it needs to know.
    public void End(Exception? error)
    {
        if (_ended)
            return;
        _ended = true;
        hub.Tell(new Unsubscribe(this), ActorRefs.NoSender);
    }

    public ValueTask DisposeAsync()
    {
        hub.Tell(new Unsubscribe(this), ActorRefs.NoSender);
        return default;
    }

    private bool TryCatchUp()
    {
        if (_dropped > 0 && TryTell(EventNotice<TEvent>.OfDropped(_dropped)))
            _dropped = 0;
        if (_dropped == 0 && _heldGap is { } gap && TryTell(EventNotice<TEvent>.Of(gap)))
            _heldGap = null;
        return _dropped == 0 && _heldGap is null;
    }

    private bool TryTell(EventNotice<TEvent> notice)
    {
        if (_mailbox.IsFull)
            return false;
        subscriber.Tell(map(notice), ActorRefs.NoSender);
        return true;
    }
}
