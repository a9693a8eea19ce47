namespace Libvirt.Simulator;

/// <summary>
/// What one client has asked to hear of. Callback ids begin at 0 in each family; the monitor's share the domains' numbers. Touched with the
/// host's lock held.
/// </summary>
internal sealed class EventRegistrations
{
    private readonly Dictionary<(EventFamily Family, int CallbackId), Registration> _callbacks = [];
    private readonly Dictionary<int, MonitorRegistration> _monitor = [];
    private readonly HashSet<int> _legacy = [];
    private readonly int[] _next = new int[Enum.GetValues<EventFamily>().Length];

    /// <summary>How many registrations there are, of all kinds.</summary>
    public int Count => _callbacks.Count + _monitor.Count + _legacy.Count;

    /// <summary>Registers a callback and returns its id.</summary>
    /// <param name="family">The kind of objects.</param>
    /// <param name="eventId">The event's id.</param>
    /// <param name="filter">Only this object; null for all.</param>
    public int Add(EventFamily family, int eventId, Guid? filter)
    {
        int id = _next[(int)family]++;
        _callbacks.Add((family, id), new Registration(eventId, filter));
        return id;
    }

    /// <summary>Registers for the monitor's events and returns the callback's id.</summary>
    public int Add(MonitorRegistration registration)
    {
        int id = _next[(int)EventFamily.Domain]++;
        _monitor.Add(id, registration);
        return id;
    }

    public bool Remove(EventFamily family, int callbackId) => _callbacks.Remove((family, callbackId));

    public bool RemoveMonitor(int callbackId) => _monitor.Remove(callbackId);

    /// <summary>Registers for domain events without callback ids; false when that has been done before.</summary>
    public bool AddLegacy(int eventId) => _legacy.Add(eventId);

    public bool RemoveLegacy(int eventId) => _legacy.Remove(eventId);

    public void Deliver(Notice notice, ClientSession session)
    {
        if (notice.Legacy is not null && notice.Family == EventFamily.Domain && _legacy.Contains(notice.EventId))
            session.Send(notice.Legacy());
        foreach (((EventFamily family, int id), Registration registration) in _callbacks)
        {
            if (family == notice.Family && registration.EventId == notice.EventId && (registration.Filter ?? notice.Object) == notice.Object)
                session.Send(notice.WithCallback(id));
        }
    }

    public void Deliver(MonitorNotice notice, ClientSession session)
    {
        foreach ((int id, MonitorRegistration registration) in _monitor)
        {
            if (registration.Wants(notice))
                session.Send(MonitorMessages.Compose(notice, id));
        }
    }

    private readonly record struct Registration(int EventId, Guid? Filter);
}
