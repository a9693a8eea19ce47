using Akka.Actor;

namespace Libvirt.Events;

/// <summary>
/// A subscription by message as the hub sees it: a bounded queue that any thread writes to, in front of the actor of the subscription, which is told once that
/// there is something to read.
/// </summary>
internal sealed class MessageSubscription<TEvent>(EventKind kind, EventSubscriptionOptions options, IActorRef actor) : IEventSubscriber
    where TEvent : LibvirtEvent
{
    private readonly EventQueue<TEvent> _queue = new(kind, options);
    private int _isTold;

    public EventKind Kind => kind;

    public EventSubscriptionOptions Options => options;

    public IActorRef Owner => actor;

    /// <summary>Called by the actor before it reads: it will be told of what is written from now on.</summary>
    public void BeginRead() => Interlocked.Exchange(ref _isTold, 0);

    /// <summary>The next notice, if one waits.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="ended">Whether nothing waits and nothing will come.</param>
    /// <param name="error">What the subscription has ended with, if with anything.</param>
    public bool TryRead(out EventNotice<TEvent> notice, out bool ended, out Exception? error)
    {
        error = null;
        try
        {
            return _queue.TryRead(out notice, out ended);
        }
        catch (Exception reason)
        {
            error = reason;
            notice = default;
            ended = true;
            return false;
        }
    }

    public void Deliver(LibvirtEvent happened, bool isSynthesised) => Write(EventNotice<TEvent>.Of((TEvent)happened, isSynthesised));

    public void Deliver(EventGap gap) => Write(EventNotice<TEvent>.Of(gap));

    public void DeliverLost(long count) => Write(EventNotice<TEvent>.OfDropped(count));

    public void End(Exception? error)
    {
        _queue.End(error);
        Tell();
    }

    private void Write(in EventNotice<TEvent> notice)
    {
        _queue.Write(notice);
        Tell();
    }

    private void Tell()
    {
        if (Interlocked.Exchange(ref _isTold, 1) == 0)
            actor.Tell(EventsArrived.Message, ActorRefs.NoSender);
    }
}
