namespace Libvirt.Simulator;

/// <summary>
/// One simulated guest. What is done here is done to the guest directly and seen by every client, as if another client had asked for it.
/// A member that cannot do what is asked throws <see cref="SimulatedFailureException"/> with the error a client would get.
/// </summary>
public sealed partial class SimulatedDomain
{
    private readonly SimulatedHost _host;
    private readonly GuestClock _clock;

    internal SimulatedDomain(SimulatedHost host, DomainDefinition definition)
    {
        _host = host;
        _clock = new GuestClock(host.Time);
        Definition = definition;
        Uuid = definition.Uuid;
        Snapshots = new SimulatedSnapshots(this);
    }

    /// <summary>The guest's name.</summary>
    public string Name => Definition.Name;

    /// <summary>The guest's UUID.</summary>
    public Guid Uuid { get; }

    /// <summary>The number that a running guest has; -1 for one that does not run.</summary>
    public int Id { get; private set; } = -1;

    /// <summary>What the guest does.</summary>
    public DomainState State { get; private set; } = DomainState.Shutoff;

    /// <summary>Why it does so: a member of the reason enum that belongs to <see cref="State"/>.</summary>
    public int Reason { get; private set; }

    /// <summary>Whether it runs or is paused.</summary>
    public bool IsActive => Id >= 0;

    /// <summary>Whether it stays defined when it stops.</summary>
    public bool IsPersistent { get; internal set; }

    /// <summary>Whether it starts with its host.</summary>
    public bool Autostart { get; set; }

    /// <summary>How the guest behaves; null to behave as all of its host do.</summary>
    public GuestBehavior? Behavior { get; set; }

    /// <summary>The host it is on.</summary>
    public SimulatedHost Host => _host;

    internal GuestBehavior EffectiveBehavior => Behavior ?? _host.GuestBehavior;

    /// <summary>What it is when it starts next, and what it is now while nothing else was changed for the moment.</summary>
    internal DomainDefinition Definition { get; private set; }

    /// <summary>What it is now; null when it does not run.</summary>
    internal DomainDefinition? Live { get; private set; }

    /// <summary>What it is now, or would be.</summary>
    internal DomainDefinition Current => Live ?? Definition;

    internal SimulatedSnapshots Snapshots { get; }

    internal RemoteDomain Wire => new(Name, Uuid, Id);

    /// <summary>Settings that calls set and read back without any other effect.</summary>
    internal Dictionary<string, RemoteTypedParamValue> Tunables { get; } = [];

    /// <summary>Its document, as <c>virDomainGetXMLDesc</c> gives it.</summary>
    /// <param name="inactive">As it will be at its next start, not as it is.</param>
    public string GetXml(bool inactive = false)
    {
        lock (_host.Gate)
            return inactive || Live is null ? Definition.ToXml(null) : Live.ToXml(Id);
    }

    /// <summary>Has the guest's monitor emit an event, for example <c>RTC_CHANGE</c>.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="details">Its data, a JSON object; null for none.</param>
    public void EmitMonitorEvent(string name, string? details = null)
    {
        lock (_host.Gate)
            _host.Publish(new MonitorNotice(Wire, name, details, _host.Time.GetUtcNow()));
    }

    internal void Redefine(DomainDefinition definition) => Definition = definition;

    internal void EnsureActive()
    {
        if (!IsActive)
            throw Failures.Invalid("domain is not running");
    }

    internal void EnsurePersistent()
    {
        if (!IsPersistent)
            throw Failures.Invalid("cannot change persistent config of a transient domain");
    }

    private void Enter(DomainState state, int reason)
    {
        State = state;
        Reason = reason;
        _clock.IsRunning = state == DomainState.Running;
    }

    private void Report(DomainEventType type, int detail) => _host.Publish(DomainNotices.Lifecycle(this, type, detail));
}
