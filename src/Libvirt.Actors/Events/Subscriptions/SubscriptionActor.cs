using Akka.Actor;
using Libvirt.Messages;

namespace Libvirt.Events;

/// <summary>
/// <c>subscription-{n}</c>, a child of the hypervisor: makes one subscription by message at the event hub, delivers its notices, and tells the subscriber of its
/// end. It stops with the subscriber; the hub, which watches it, then removes the subscription.
/// </summary>
/// <remarks>
/// Supervised by its <see cref="HypervisorActor"/>. When it stops before the subscriber knows of the end, because it failed or with the hypervisor, the subscriber
/// is told.
/// </remarks>
internal abstract class SubscriptionActor<TEvent> : UntypedActor
    where TEvent : LibvirtEvent
{
    private readonly SubscribeEvents<TEvent> _request;
    private readonly SubscriptionOrigin _origin;
    private readonly MessageSubscription<TEvent> _subscription;
    private bool _isMade;
    private bool _hasEnded;
    private Exception? _failure;

    protected SubscriptionActor(SubscribeEvents<TEvent> request, SubscriptionOrigin origin)
    {
        _request = request;
        _origin = origin;
        _subscription = new MessageSubscription<TEvent>(request.Kind, request.Options, Self);
    }

    protected IActorRef Subscriber => _origin.Subscriber;

    protected IActorRef Hypervisor => _origin.Hypervisor;

    /// <summary>Tells the subscriber that the subscription is made.</summary>
    protected abstract void Begin();

    /// <summary>Delivers what can be delivered now. Calls <see cref="End"/> when nothing will come any more.</summary>
    protected abstract void Deliver();

    /// <summary>Tells the subscriber that the subscription has ended. No acknowledgement will come any more.</summary>
    protected abstract void TellEnd(Exception? reason);

    /// <summary>A message of the subscriber; false when it is none that the subscription knows.</summary>
    protected virtual bool TryReceive(object message) => false;

    protected bool TryRead(out EventNotice<TEvent> notice, out bool ended, out Exception? error) => _subscription.TryRead(out notice, out ended, out error);

    protected EventEnvelope<TEvent> Envelope(in EventNotice<TEvent> notice) => new(_request.Kind, notice, _request.CorrelationId);

    protected EventsEnded Ended(Exception? reason, long dropped) => new(_request.Kind, reason, dropped, _request.CorrelationId);

    protected SubscribeEventsAck Acknowledge() => new(_request.Kind, _request.CorrelationId);

    /// <summary>The subscription has ended and the subscriber has read everything.</summary>
    protected void End(Exception? reason)
    {
        _hasEnded = true;
        TellEnd(reason);
        Context.Stop(Self);
    }

    protected sealed override void PreStart()
    {
        Context.WatchWith(Subscriber, SubscriberStopped.Message);
        Subscribe subscribe = new(_subscription);
        _origin.Hub.Tell(subscribe, ActorRefs.NoSender);
        subscribe.WaitAsync(CancellationToken.None).PipeTo(
            Self, success: static _ => SubscriptionMade.Message, failure: static error => new SubscriptionRefused(error));
    }

    protected sealed override void PostStop()
    {
        if (_hasEnded)
            return;
        Exception? reason = _failure ?? (_origin.Link.States.Current as HypervisorState.Closed)?.Reason ?? _origin.Link.StopReason;
        if (!_isMade)
            _request.Refuse(Subscriber, Hypervisor, reason);
        else
            TellEnd(reason is null or InvalidOperationException ? reason : ClosedBecauseOf(reason));
    }

    protected sealed override void OnReceive(object message)
    {
        try
        {
            Handle(message);
        }
        catch (Exception error)
        {
            // A defect of the runtime, or of Equals of an acknowledgement. It reaches the supervisor as well; the subscriber is told in PostStop.
            _failure = new InvalidOperationException("The actor of the subscription failed; the log of the actor system has the reason.", error);
            throw;
        }
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case EventsArrived:
                _subscription.BeginRead();
                if (_isMade)
                    Deliver();
                break;
            case SubscriptionMade:
                _isMade = true;
                Begin();
                Deliver();
                break;
            case SubscriptionRefused refused:
                _hasEnded = true;
                Subscriber.Tell(new Status.Failure(refused.Error, _request.CorrelationId), Hypervisor);
                Context.Stop(Self);
                break;
            case EndSubscription or SubscriberStopped:
                _hasEnded = true;
                Context.Stop(Self);
                break;
            default:
                if (!TryReceive(message))
                    Unhandled(message);
                break;
        }
    }

    private static LibvirtConnectionLostException ClosedBecauseOf(Exception reason) =>
        new($"The subscription ended: {reason.Message}", sent: false, reason, isForGood: true);
}
