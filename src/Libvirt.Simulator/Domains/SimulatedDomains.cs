namespace Libvirt.Simulator;

/// <summary>The guests of one host.</summary>
public sealed class SimulatedDomains
{
    private readonly SimulatedHost _host;
    private readonly Dictionary<Guid, SimulatedDomain> _byUuid = [];
    private readonly Dictionary<string, SimulatedDomain> _byName = [];

    internal SimulatedDomains(SimulatedHost host) => _host = host;

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<SimulatedDomain> All
    {
        get
        {
            lock (_host.Gate)
                return [.. _byUuid.Values.OrderBy(d => d.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>A guest by its name.</summary>
    /// <exception cref="SimulatedFailureException">There is none.</exception>
    public SimulatedDomain this[string name] => Find(name) ??
        throw new SimulatedFailureException(ErrorNumber.NoDomain, $"no domain with matching name '{name}'");

    /// <summary>A guest by its name; null when there is none.</summary>
    public SimulatedDomain? Find(string name)
    {
        lock (_host.Gate)
            return _byName.GetValueOrDefault(name);
    }

    /// <summary>A guest by its UUID; null when there is none.</summary>
    public SimulatedDomain? Find(Guid uuid)
    {
        lock (_host.Gate)
            return _byUuid.GetValueOrDefault(uuid);
    }

    /// <summary>Defines a guest from a document, as <c>virDomainDefineXML</c> does; one of the same name and UUID is redefined.</summary>
    /// <exception cref="SimulatedFailureException">The document cannot be used.</exception>
    public SimulatedDomain Define(string xml)
    {
        DomainDefinition definition = DomainDefinition.Parse(xml, _host.Name);
        lock (_host.Gate)
        {
            SimulatedDomain? existing = FindSame(definition);
            if (existing is null)
                Add(existing = new SimulatedDomain(_host, definition));
            else
                existing.Redefine(definition);
            bool isNew = !existing.IsPersistent;
            existing.IsPersistent = true;
            _host.Publish(DomainNotices.Lifecycle(existing, DomainEventType.Defined,
                (int)(isNew ? DomainEventDefinedDetailType.Added : DomainEventDefinedDetailType.Updated)));
            return existing;
        }
    }

    /// <summary>Defines an ordinary guest: one disk, one interface on the default network, a serial console.</summary>
    /// <param name="name">Its name; its UUID follows from it and the host's name.</param>
    /// <param name="memoryMiB">Its memory.</param>
    /// <param name="vcpus">Its CPUs.</param>
    /// <param name="running">Whether it runs already.</param>
    public SimulatedDomain Define(string name, int memoryMiB, int vcpus, bool running)
    {
        SimulatedDomain domain = Define(OrdinaryGuest.Xml(_host.Name, name, memoryMiB, vcpus));
        if (running)
            domain.Start();
        return domain;
    }

    internal SimulatedDomain Find(RemoteDomain domain) => _byUuid.GetValueOrDefault(domain.Uuid) ??
        throw new SimulatedFailureException(ErrorNumber.NoDomain, $"no domain with matching uuid '{domain.Uuid}' ({domain.Name})");

    /// <summary>Starts a guest that exists only while it runs.</summary>
    internal SimulatedDomain Create(string xml, bool paused)
    {
        SimulatedDomain domain = FindOrAddTransient(DomainDefinition.Parse(xml, _host.Name));
        domain.Start(paused);
        return domain;
    }

    internal SimulatedDomain FindOrAddTransient(DomainDefinition definition)
    {
        SimulatedDomain? existing = FindSame(definition);
        if (existing is { IsActive: true })
            throw new SimulatedFailureException(ErrorNumber.OperationInvalid, ErrorDomain.Domain, $"domain is already active as '{existing.Name}'");
        if (existing is null)
            Add(existing = new SimulatedDomain(_host, definition));
        else
            existing.Redefine(definition);
        return existing;
    }

    internal void Remove(SimulatedDomain domain)
    {
        _byUuid.Remove(domain.Uuid);
        _byName.Remove(domain.Name);
    }

    internal void Rename(SimulatedDomain domain, string name)
    {
        if (_byName.ContainsKey(name))
            throw new SimulatedFailureException(ErrorNumber.OperationFailed, $"domain '{name}' already exists");
        _host.Publish(DomainNotices.Lifecycle(domain, DomainEventType.Undefined, (int)DomainEventUndefinedDetailType.Renamed));
        _byName.Remove(domain.Name);
        domain.Redefine(domain.Definition.Renamed(name));
        _byName.Add(name, domain);
        _host.Publish(DomainNotices.Lifecycle(domain, DomainEventType.Defined, (int)DomainEventDefinedDetailType.Renamed));
    }

    internal void LoseAll()
    {
        foreach (SimulatedDomain domain in All)
            domain.Lose();
    }

    internal void Autostart()
    {
        foreach (SimulatedDomain domain in All.Where(d => d.Autostart && !d.IsActive))
            domain.Start();
    }

    internal void StopTimers()
    {
        foreach (SimulatedDomain domain in _byUuid.Values)
            domain.StopTimers();
    }

    private void Add(SimulatedDomain domain)
    {
        _byUuid.Add(domain.Uuid, domain);
        _byName.Add(domain.Name, domain);
    }

    /// <summary>The guest that a document means; refuses one that takes another's name or UUID.</summary>
    private SimulatedDomain? FindSame(DomainDefinition definition)
    {
        if (_byUuid.TryGetValue(definition.Uuid, out SimulatedDomain? same))
        {
            return same.Name == definition.Name
                ? same
                : throw Taken(same);
        }
        return _byName.TryGetValue(definition.Name, out SimulatedDomain? other) ? throw Taken(other) : null;
    }

    private static SimulatedFailureException Taken(SimulatedDomain other) =>
        new(ErrorNumber.OperationFailed, ErrorDomain.Domain, $"domain '{other.Name}' already exists with uuid {other.Uuid}");
}
