using System.Diagnostics.CodeAnalysis;
using Actors;
using Libvirt.Connection;
using Libvirt.Diagnostics;

namespace Libvirt.Events;

/// <summary>
/// The events of one hypervisor: registers each kind once at the daemon, whatever the number of subscribers, and fans out. Registers everything anew on
/// every connection, tells each subscriber of the gap, and ends all subscriptions with the hypervisor.
/// </summary>
internal sealed partial class EventHub(HypervisorOptions options, HypervisorLink link, Action<ConnectionHandle> attached) : Actor<IEventHubMessage>
{
    private readonly Dictionary<RegistrationKey, EventRegistration> _registrations = [];
    private readonly Dictionary<IEventSubscriber, EventRegistration> _subscribers = [];
    private readonly Dictionary<IActorRef, List<IEventSubscriber>> _owners = [];
    private Topics? _topics;

    /// <summary>Events are small and the hub never waits, so the mailbox fills only when the process stands still; what it then refuses is counted.</summary>
    public static ActorOptions Options { get; } = new()
    {
        Dispatch = ActorDispatch.Inline,
        MailboxCapacity = 65536,
        Throughput = 1024,
        Supervision = SupervisionPolicy.EscalateFailure,
    };

    protected override ValueTask OnStartAsync()
    {
        _topics = new Topics(Context);
        return default;
    }

    protected override ValueTask OnMessageAsync(IEventHubMessage message)
    {
        switch (message)
        {
            case EventArrived arrived:
                Receive(arrived);
                break;
            case EventsLost lost:
                EventLog.Lost(Context.Log, lost.Count);
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
            default:
                throw new InvalidOperationException($"An event hub does not take {message.GetType().Name}.");
        }

        return default;
    }

    protected override ValueTask OnStopAsync()
    {
        Exception? reason = (link.States.Current as HypervisorState.Closed)?.Reason;
        Exception? error = reason is null ? null : new LibvirtConnectionLostException($"The subscription ended: {reason.Message}", sent: false, reason, isForGood: true);
        foreach (IEventSubscriber subscriber in _subscribers.Keys)
            subscriber.End(error);
        error ??= new LibvirtConnectionLostException("The hypervisor was closed.", sent: false, null, isForGood: true);
        foreach (EventRegistration registration in _registrations.Values)
            Answer(registration, error);
        RefuseThoseAwaitingListing(error);
        return default;
    }

    private void Add(Subscribe subscribe)
    {
        IEventSubscriber subscriber = subscribe.Subscriber;
        if (!TryOwn(subscriber, out ArgumentException? error))
        {
            subscribe.Reply.TrySetException(error);
            return;
        }

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
        ReplyTo<bool> reply = awaiting[index].Reply;
        awaiting.RemoveAt(index);
        reply.TrySetResult(true);
    }

    private void Forget(EventRegistration registration) => _registrations.Remove(new RegistrationKey(registration.Kind));

    /// <summary>False when its owner is no actor that can be watched from here, which is the caller's mistake.</summary>
    private bool TryOwn(IEventSubscriber subscriber, [NotNullWhen(false)] out ArgumentException? error)
    {
        error = null;
        if (subscriber.Owner is not { } owner)
            return true;
        if (!_owners.TryGetValue(owner, out List<IEventSubscriber>? owned))
        {
            try
            {
                Context.Watch(owner, new OwnerEnded(owner));
            }
            catch (ArgumentException refused)
            {
                error = refused;
                return false;
            }

            _owners.Add(owner, owned = []);
        }

        owned.Add(subscriber);
        return true;
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
            EventLog.Dropped(Context.Log, arrived.Entry.Wire.Descriptor.Name, arrived.CallbackId, (arrived.Event as DomainEvent)?.Domain.Name);
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
                subscribe.Reply.TrySetException(error);
        }

        registration.Awaiting.Clear();
    }
}
