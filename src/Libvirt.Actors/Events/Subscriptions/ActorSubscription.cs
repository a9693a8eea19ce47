using Akka.Actor;
using Libvirt.Diagnostics;

namespace Libvirt.Events;

/// <summary>A subscription that tells an actor. Used in the turns of the one actor that delivers to it.</summary>
internal sealed class ActorSubscription<TEvent>(
    EventKind<TEvent> kind, EventSubscriptionOptions options, IActorRef subscriber, Func<EventNotice<TEvent>, object> map, IActorRef hub)
    : IEventSubscriber, IAsyncDisposable
    where TEvent : LibvirtEvent
{
    private readonly MailboxDelivery<TEvent> _delivery = new(subscriber, options.QueueCapacity, map, sender: null);
    private volatile bool _ended;

    public EventKind Kind => kind;

    public EventSubscriptionOptions Options => options;

    public IActorRef Owner => subscriber;

    public void Deliver(LibvirtEvent happened, bool isSynthesised)
    {
        if (_ended)
            return;
        if (_delivery.Deliver(EventNotice<TEvent>.Of((TEvent)happened, isSynthesised)))
            EventTelemetry.Delivered();
        else
            EventTelemetry.Dropped();
    }

    public void Deliver(EventGap gap)
    {
        if (!_ended)
            _delivery.Deliver(EventNotice<TEvent>.Of(gap));
    }

    public void DeliverLost(long count)
    {
        if (!_ended)
            _delivery.Deliver(EventNotice<TEvent>.OfDropped(count));
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
}
