using Akka.Actor;
using Libvirt.Dispatch;
using Libvirt.Messages;

namespace Libvirt.Events;

/// <summary>
/// A subscription by message with acknowledgement: each message waits until the subscriber has acknowledged the one before. Events wait in the queue of the
/// subscription meanwhile.
/// </summary>
internal sealed class AcknowledgedSubscription<TEvent> : SubscriptionActor<TEvent>
    where TEvent : LibvirtEvent
{
    private readonly EventAcknowledgement _messages;
    private bool _isAwaiting;

    private AcknowledgedSubscription(SubscribeEvents<TEvent> request, EventAcknowledgement messages, SubscriptionOrigin origin)
        : base(request, origin)
    {
        _messages = messages;
    }

    public static Props Props(SubscribeEvents<TEvent> request, EventAcknowledgement messages, SubscriptionOrigin origin) =>
        RuntimeProps.Inline(() => new AcknowledgedSubscription<TEvent>(request, messages, origin));

    protected override void Begin() => Tell(_messages.InitMessage);

    protected override void Deliver()
    {
        if (_isAwaiting)
            return;
        if (TryRead(out EventNotice<TEvent> notice, out bool ended, out Exception? error))
            Tell(Envelope(notice));
        else if (ended)
            End(error);
    }

    protected override bool TryReceive(object message)
    {
        if (!_messages.AckMessage.Equals(message))
            return false;
        // One acknowledgement too many is none: it must not let two messages through.
        if (_isAwaiting)
        {
            _isAwaiting = false;
            Deliver();
        }

        return true;
    }

    protected override void TellEnd(Exception? reason)
    {
        long dropped = CountUnread(out Exception? error);
        reason ??= error;
        if (reason is not null)
        {
            Subscriber.Tell(Ended(reason, dropped), Self);
            return;
        }

        if (dropped > 0)
            Subscriber.Tell(Envelope(EventNotice<TEvent>.OfDropped(dropped)), Self);
        Subscriber.Tell(_messages.CompleteMessage, Self);
    }

    /// <summary>The events that wait for an acknowledgement which will not be awaited.</summary>
    private long CountUnread(out Exception? error)
    {
        long count = 0;
        while (TryRead(out EventNotice<TEvent> notice, out _, out error))
            count += notice.Event is null ? notice.Dropped : 1;
        return count;
    }

    private void Tell(object message)
    {
        _isAwaiting = true;
        Subscriber.Tell(message, Self);
    }
}
