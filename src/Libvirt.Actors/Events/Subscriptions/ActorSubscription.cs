using Actors;
using Libvirt.Connection;
using Libvirt.Diagnostics;

namespace Libvirt.Events;

/// <summary>
/// A subscription that tells an actor: its mailbox is the queue. What the mailbox refuses is dropped and counted, and the count is told as soon as
/// there is room again; a gap that was refused is told then too.
/// </summary>
internal sealed class ActorSubscription<TEvent, TMessage>(
    EventKind<TEvent> kind, EventSubscriptionOptions options, IActorRef<TMessage> subscriber, Func<EventNotice<TEvent>, TMessage> map,
    IActorRef<IEventHubMessage> hub)
    : IEventSubscriber, IAsyncDisposable
    where TEvent : LibvirtEvent
{
    private readonly Lock _lock = new();
    private EventGap? _refusedGap;
    private long _dropped;
    private volatile bool _ended;

    public EventKind Kind => kind;

    public EventSubscriptionOptions Options => options;

    public IActorRef Owner => subscriber;

    public void Deliver(LibvirtEvent happened, bool isSynthesised)
    {
        lock (_lock)
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
    }

    public void Deliver(EventGap gap)
    {
        lock (_lock)
        {
            if (!_ended && (!TryCatchUp() || !TryTell(EventNotice<TEvent>.Of(gap))))
                _refusedGap = _refusedGap?.Join(gap) ?? gap;
        }
    }

    public void DeliverLost(long count)
    {
        lock (_lock)
        {
            _dropped += count;
            if (!_ended)
                TryCatchUp();
        }
    }

    // The actor is not told: it watches the hypervisor's state if it wants to know.
    public void End(Exception? error)
    {
        if (_ended)
            return;
        _ended = true;
        _ = DisposeAsync().AsTask();
    }

    public async ValueTask DisposeAsync() => await hub.TellWhenRoomAsync(new Unsubscribe(this)).ConfigureAwait(false);

    private bool TryCatchUp()
    {
        if (_dropped > 0 && TryTell(EventNotice<TEvent>.OfDropped(_dropped)))
            _dropped = 0;
        if (_dropped == 0 && _refusedGap is { } gap && TryTell(EventNotice<TEvent>.Of(gap)))
            _refusedGap = null;
        return _dropped == 0 && _refusedGap is null;
    }

    private bool TryTell(EventNotice<TEvent> notice) => subscriber.TryTell(map(notice)) == TellResult.Accepted;
}
