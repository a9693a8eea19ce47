namespace Libvirt.Simulator;

/// <summary>
/// One simulated hypervisor host: its guests, networks, storage and secrets, and the clients that have it open. What a method changes, every
/// client sees, events included.
/// </summary>
public sealed partial class SimulatedHost
{
    private readonly HypervisorSimulator _simulator;
    private readonly List<ClientSession> _sessions = [];
    private int _nextId;

    internal SimulatedHost(HypervisorSimulator simulator, string name, SimulatedHardware hardware, string? storageFolder)
    {
        _simulator = simulator;
        Name = name;
        Hardware = hardware;
        StorageFolder = storageFolder;
        Uuid = StableUuid.From("host", name);
        StartedAt = simulator.Time.GetUtcNow();
        Domains = new SimulatedDomains(this);
        Networks = new SimulatedNetworks(this);
        StoragePools = new SimulatedStoragePools(this);
        Secrets = new SimulatedSecrets(this);
        Networks.AddDefault();
        StoragePools.AddDefault();
    }

    /// <summary>The host's name.</summary>
    public string Name { get; }

    /// <summary>The host's UUID, the same in every run for the same name.</summary>
    public Guid Uuid { get; }

    /// <summary>What the host consists of.</summary>
    public SimulatedHardware Hardware { get; }

    /// <summary>Its guests.</summary>
    public SimulatedDomains Domains { get; }

    /// <summary>Its virtual networks; one named <c>default</c> is there from the start.</summary>
    public SimulatedNetworks Networks { get; }

    /// <summary>Its storage pools; one named <c>default</c> is there from the start.</summary>
    public SimulatedStoragePools StoragePools { get; }

    /// <summary>The folder in which its volumes are kept, POOL/VOLUME; null for in memory.</summary>
    public string? StorageFolder { get; }

    /// <summary>Its secrets.</summary>
    public SimulatedSecrets Secrets { get; }

    /// <summary>How guests behave unless their own settings say otherwise.</summary>
    public GuestBehavior GuestBehavior { get; set; } = new();

    /// <summary>How many clients have the host open.</summary>
    public int ClientCount
    {
        get
        {
            lock (Gate)
                return _sessions.Count;
        }
    }

    /// <summary>How many clients have registered for events of any kind: a test waits for it before it makes something happen.</summary>
    public int ListeningClients
    {
        get
        {
            lock (Gate)
                return _sessions.Count(s => s.Events.Count > 0);
        }
    }

    /// <summary>One lock for everything of the host: calls are short, and their effects must be seen whole.</summary>
    internal Lock Gate { get; } = new();

    internal HypervisorSimulator Simulator => _simulator;

    internal TimeProvider Time => _simulator.Time;

    internal DateTimeOffset StartedAt { get; private set; }

    /// <summary>Saved guests by the path of their image.</summary>
    internal Dictionary<string, SavedGuest> SavedGuests { get; } = [];

    /// <summary>Guests that are about to arrive by migration, by name.</summary>
    internal Dictionary<string, DomainDefinition> Incoming { get; } = [];

    internal int TakeId() => ++_nextId;

    internal void Add(ClientSession session)
    {
        lock (Gate)
            _sessions.Add(session);
    }

    internal void Remove(ClientSession session)
    {
        lock (Gate)
            _sessions.Remove(session);
    }

    /// <summary>Sends a notice to each client that has asked for it. Called with the lock held.</summary>
    internal void Publish(Notice notice)
    {
        foreach (ClientSession session in _sessions)
            session.Events.Deliver(notice, session);
    }

    /// <summary>Sends a monitor event to each client that has asked for it. Called with the lock held.</summary>
    internal void Publish(MonitorNotice notice)
    {
        foreach (ClientSession session in _sessions)
            session.Events.Deliver(notice, session);
    }

    internal void Stop()
    {
        lock (Gate)
            Domains.StopTimers();
    }
}
