using Akka.Actor;
using Libvirt.Connections;
using Libvirt.Dispatch;
using Microsoft.Extensions.Logging;
using Libvirt.Diagnostics;

namespace Libvirt.Events;

/// <summary>
/// The events of one hypervisor: registers each kind once at the daemon, whatever the number of subscribers, and fans out. Registers everything anew on
/// every connection, tells each subscriber of the gap, and ends all subscriptions with the hypervisor.
/// </summary>
/// <remarks>Supervised by its <see cref="HypervisorActor"/>, which closes the hypervisor when the hub fails: without it, events would be lost silently.</remarks>
internal sealed partial class EventHub(ConnectionSettings settings, HypervisorLink link, IActorRef hypervisor, EventGate gate) : UntypedActor
{
    private readonly Dictionary<RegistrationKey, EventRegistration> _registrations = [];
    private readonly Dictionary<IEventSubscriber, EventRegistration> _subscribers = [];
    private readonly Dictionary<IActorRef, List<IEventSubscriber>> _owners = [];
    private readonly ILogger _log = AkkaLogger.For(Context);
    private Topics? _topics;
    private Exception? _failure;

    /// <summary>How many events may wait for the hub. It never waits, so they reach this only when the process is stuck; those beyond it are counted.</summary>
    public const int Capacity = 65536;

    public static Props Props(ConnectionSettings settings, HypervisorLink link, IActorRef hypervisor, EventGate gate) =>
        RuntimeProps.Inline(() => new EventHub(settings, link, hypervisor, gate));

    protected override SupervisorStrategy SupervisorStrategy() => RuntimeProps.StopOnFailure;

    protected override void PreStart() => _topics = new Topics(Context, _log);

    protected override void OnReceive(object message)
    {
        try
        {
            Handle(message);
        }
        catch (Exception error)
        {
            // A defect of the runtime. It reaches the supervisor as well; the subscriptions end with it in PostStop.
            _failure = error;
            (message as IUndelivered)?.OnUndelivered();
            throw;
        }
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case EventArrived arrived:
                gate.Exit();
                Receive(arrived);
                break;
            case EventsLost lost:
                EventLog.Lost(_log, lost.Count);
                _topics!.Deliver(new Delivery(null, Lost: lost.Count));
                break;
            case Subscribe subscribe:
                Add(subscribe);
                break;
            case Unsubscribe unsubscribe:
                Remove(unsubscribe.Subscriber);
                break;
            case OwnerEnded ended:
                RemoveAllOf(ended.Owner);
                break;
            case AttachConnection attach:
                Attach(attach.Connection);
                break;
            case DetachConnection detach:
                Detach(detach.Reason);
                break;
            case KindRegistered registered:
                Registered(registered);
                break;
            case KindRefused refused:
                Refused(refused);
                break;
            case ListingTaken taken:
                Compare(taken);
                break;
            case TopicEnded ended:
                AfterTopic(ended.Topic);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop()
    {
        Exception? reason = (link.States.Current as HypervisorState.Closed)?.Reason ?? _failure ?? link.StopReason;
        Exception? error = reason is null ? null : new LibvirtConnectionLostException($"The subscription ended: {reason.Message}", sent: false, reason, isForGood: true);
        foreach (IEventSubscriber subscriber in _subscribers.Keys)
            subscriber.End(error);
        error ??= new LibvirtConnectionLostException("The hypervisor was closed.", sent: false, null, isForGood: true);
        foreach (EventRegistration registration in _registrations.Values)
            Answer(registration, error);
        RefuseThoseAwaitingListing(error);
    }

    private void Add(Subscribe subscribe)
    {
        IEventSubscriber subscriber = subscribe.Subscriber;
        Own(subscriber);
        RegistrationKey key = new(subscriber.Kind);
        if (!_registrations.TryGetValue(key, out EventRegistration? registration))
            _registrations.Add(key, registration = new EventRegistration(subscriber.Kind));
        registration.Subscribers++;
        _subscribers.Add(subscriber, registration);
        AdmitOrPutOff(registration, subscriber);

        if (registration.Daemon is null)
        {
            registration.Awaiting.Add(subscribe);
            Register(registration);
            return;
        }

        Welcome(subscribe);
        TakeListingWhereWanted(registration);
    }

    private void Remove(IEventSubscriber subscriber)
    {
        if (!_subscribers.Remove(subscriber, out EventRegistration? registration))
            return;
        Disown(subscriber);
        _newcomers.Remove((registration, subscriber));
        EndWait(registration.Awaiting, subscriber);
        EndWait(_awaitingListing, subscriber);
        _topics!.Remove(registration, subscriber);
        // While the daemon has not answered, whoever comes next shares the answer: some kinds cannot be registered twice at once.
        if (--registration.Subscribers > 0 || registration.IsPending)
            return;
        Forget(registration);
        Deregister(registration);
    }

    /// <summary>Its actor may have ended while somebody else waits for the subscription: that is over, and so is the wait.</summary>
    private static void EndWait(List<Subscribe> awaiting, IEventSubscriber subscriber)
    {
        int index = awaiting.FindIndex(subscribe => subscribe.Subscriber == subscriber);
        if (index < 0)
            return;
        Subscribe subscribe = awaiting[index];
        awaiting.RemoveAt(index);
        subscribe.TryReply(true);
    }

    private void Forget(EventRegistration registration) => _registrations.Remove(new RegistrationKey(registration.Kind));

    private void AfterTopic(Topic topic)
    {
        InvalidOperationException error = new("The topic of the domain failed; the log of the actor system has the reason.");
        foreach (IEventSubscriber subscriber in _topics!.AfterTopic(topic))
        {
            subscriber.End(error);
            Remove(subscriber);
        }
    }

    private void Own(IEventSubscriber subscriber)
    {
        if (subscriber.Owner is not { } owner)
            return;
        if (!_owners.TryGetValue(owner, out List<IEventSubscriber>? owned))
        {
            Context.WatchWith(owner, new OwnerEnded(owner));
            _owners.Add(owner, owned = []);
        }

        owned.Add(subscriber);
    }

    private void Disown(IEventSubscriber subscriber)
    {
        if (subscriber.Owner is not { } owner || !_owners.TryGetValue(owner, out List<IEventSubscriber>? owned))
            return;
        owned.Remove(subscriber);
        if (owned.Count > 0)
            return;
        _owners.Remove(owner);
        Context.Unwatch(owner);
    }

    private void RemoveAllOf(IActorRef owner)
    {
        if (!_owners.Remove(owner, out List<IEventSubscriber>? owned))
            return;
        foreach (IEventSubscriber subscriber in owned)
            Remove(subscriber);
    }

    private void Receive(EventArrived arrived)
    {
        if (arrived.Connection != _connection || PutOff(arrived))
            return;
        foreach (EventRegistration registration in _registrations.Values)
        {
            if (registration.Owns(arrived))
            {
                Deliver(registration, arrived.Event);
                return;
            }
        }

        // The reply with the callback id may still be on its way; late events of a kind that was deregistered find nobody pending.
        bool held = false;
        foreach (EventRegistration registration in _registrations.Values)
            held |= registration.IsPending && registration.Kind.Family == arrived.Entry.Family && registration.TryHold(arrived);
        if (!held)
            EventLog.Dropped(_log, arrived.Entry.Wire.Descriptor.Name, arrived.CallbackId, (arrived.Event as DomainEvent)?.Domain.Name);
    }

    private void Deliver(EventRegistration registration, LibvirtEvent happened)
    {
        if (happened is DomainLifecycleEvent lifecycle)
            Follow(lifecycle);
        _topics!.Deliver(new Delivery(registration, happened));
    }

    private void Answer(EventRegistration registration, Exception? error)
    {
        foreach (Subscribe subscribe in registration.Awaiting)
        {
            if (error is null)
                Welcome(subscribe);
            else
                subscribe.TryFail(error);
        }

        registration.Awaiting.Clear();
    }
}
