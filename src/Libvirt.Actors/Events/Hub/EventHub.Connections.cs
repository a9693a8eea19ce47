using Akka.Actor;
using Libvirt.Connections;
using Libvirt.Diagnostics;

namespace Libvirt.Events;

// Registrations on one connection after the other.
internal sealed partial class EventHub
{
    private const int PutOffCapacity = 65536;

    private readonly List<EventArrived> _putOff = [];
    private readonly List<(EventRegistration Registration, IEventSubscriber Subscriber)> _newcomers = [];
    private ConnectionHandle? _connection;
    private EventRegistrar? _registrar;
    private bool _attaching;
    private DateTimeOffset? _gapFrom;
    private Exception? _gapReason;

    private void Attach(ConnectionHandle connection)
    {
        _connection = connection;
        _registrar = new EventRegistrar(connection, settings.Options.ConnectTimeout, settings.Time);
        _attaching = true;
        foreach (EventRegistration registration in _registrations.Values)
            Register(registration);
        CompleteAttach();
    }

    private void Detach(Exception? reason)
    {
        if (_connection is null)
            return;
        _connection = null;
        _registrar = null;
        _attaching = false;
        _putOff.Clear();
        _gapFrom ??= settings.Time.GetUtcNow();
        _gapReason ??= reason;
        foreach (EventRegistration registration in _registrations.Values.ToArray())
        {
            registration.Detach();
            if (registration.Subscribers == 0)
                Forget(registration);
        }

        DetachListing();
    }

    private void Register(EventRegistration registration)
    {
        if (registration.IsPending || registration.Daemon is not null || _registrar is not { } registrar)
            return;
        registration.IsPending = true;
        _ = RegisterAsync(Self, registrar, registration, _connection!);
    }

    private static async Task RegisterAsync(IActorRef self, EventRegistrar registrar, EventRegistration registration, ConnectionHandle connection)
    {
        object outcome;
        try
        {
            outcome = new KindRegistered(registration, connection, await registrar.RegisterAsync(registration.Kind).ConfigureAwait(false));
        }
        catch (Exception error)
        {
            outcome = new KindRefused(registration, connection, error);
        }

        self.Tell(outcome, ActorRefs.NoSender);
    }

    private void Registered(KindRegistered message)
    {
        if (message.Connection != _connection)
            return;
        EventRegistration registration = message.Registration;
        registration.IsPending = false;
        registration.Daemon = message.Daemon;
        if (registration.Subscribers == 0)
        {
            // The last subscriber left before the daemon answered.
            Forget(registration);
            Deregister(registration);
        }
        else
        {
            Answer(registration, null);
            foreach (EventArrived held in registration.TakeHeld())
                Receive(held);
            if (!_attaching)
                TakeListingWhereWanted(registration);
        }

        CompleteAttach();
    }

    private void Refused(KindRefused message)
    {
        if (message.Connection != _connection)
            return;
        EventRegistration registration = message.Registration;
        registration.IsPending = false;
        switch (message.Error)
        {
            case LibvirtConnectionLostException:
                // The next connection registers it.
                break;
            case LibvirtTimeoutException:
                // A daemon that does not answer this is of no use for anything else either.
                message.Connection.Ref.Tell(new ConnectionFailed(message.Error), ActorRefs.NoSender);
                break;
            default:
                End(registration, message.Error);
                CompleteAttach();
                break;
        }
    }

    private void End(EventRegistration registration, Exception error)
    {
        EventLog.Refused(_log, registration.Kind, error.Message);
        Answer(registration, error);
        IEventSubscriber[] ended = [.. _subscribers.Where(pair => pair.Value == registration).Select(pair => pair.Key)];
        _topics!.Deliver(new Delivery(registration, Ends: true, Error: error));
        foreach (IEventSubscriber subscriber in ended)
            Remove(subscriber);
        Forget(registration);
    }

    private void Deregister(EventRegistration registration)
    {
        if (registration.Daemon is not { } daemon || _registrar is not { } registrar)
            return;
        registration.Daemon = null;
        _ = DeregisterAsync(registrar, registration.Kind, daemon);
    }

    private async Task DeregisterAsync(EventRegistrar registrar, EventKind kind, DaemonRegistration daemon)
    {
        try
        {
            await registrar.DeregisterAsync(kind, daemon).ConfigureAwait(false);
        }
        catch (LibvirtException error)
        {
            // Events that still come are dropped; a connection that went has taken the registration with it.
            EventLog.NotDeregistered(_log, kind, error.Message);
        }
    }

    /// <summary>Everything is registered again: tells of the gap, lets newcomers in, works off what came meanwhile, and reports.</summary>
    private void CompleteAttach()
    {
        if (!_attaching || _registrations.Values.Any(static registration => registration.IsPending))
            return;
        _attaching = false;
        if (_gapFrom is { } from)
        {
            _topics!.Deliver(new Delivery(null, Gap: new EventGap(from, settings.Time.GetUtcNow(), _gapReason)));
            _gapFrom = null;
            _gapReason = null;
        }

        foreach ((EventRegistration registration, IEventSubscriber subscriber) in _newcomers)
            _topics!.Add(registration, subscriber);
        _newcomers.Clear();
        EventArrived[] putOff = [.. _putOff];
        _putOff.Clear();
        foreach (EventArrived arrived in putOff)
            Receive(arrived);
        foreach (EventRegistration registration in _registrations.Values)
            TakeListingWhereWanted(registration);
        hypervisor.Tell(new EventsAttached(_connection!), ActorRefs.NoSender);
    }

    /// <summary>A subscriber that comes while there is no connection has missed nothing, so it is not told of the gap.</summary>
    private void AdmitOrPutOff(EventRegistration registration, IEventSubscriber subscriber)
    {
        if (_gapFrom is null)
            _topics!.Add(registration, subscriber);
        else
            _newcomers.Add((registration, subscriber));
    }

    /// <summary>Events that come before all kinds are registered again wait, so that each subscriber hears of the gap first.</summary>
    private bool PutOff(EventArrived arrived)
    {
        if (!_attaching)
            return false;
        if (_putOff.Count < PutOffCapacity)
            _putOff.Add(arrived);
        else
            _topics!.Deliver(new Delivery(null, Lost: 1));
        return true;
    }
}
