using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>The virtual networks of one host.</summary>
public sealed class SimulatedNetworks
{
    private readonly SimulatedHost _host;
    private readonly Dictionary<Guid, SimulatedNetwork> _byUuid = [];

    internal SimulatedNetworks(SimulatedHost host) => _host = host;

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<SimulatedNetwork> All
    {
        get
        {
            lock (_host.Gate)
                return [.. _byUuid.Values.OrderBy(n => n.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>A network by its name.</summary>
    /// <exception cref="SimulatedFailureException">There is none.</exception>
    public SimulatedNetwork this[string name] => Find(name) ??
        throw new SimulatedFailureException(ErrorNumber.NoNetwork, ErrorDomain.Network, $"no network with matching name '{name}'");

    /// <summary>A network by its name; null when there is none.</summary>
    public SimulatedNetwork? Find(string name)
    {
        lock (_host.Gate)
            return _byUuid.Values.FirstOrDefault(n => n.Name == name);
    }

    /// <summary>Defines a network from a document, as <c>virNetworkDefineXML</c> does; one of the same name and UUID is redefined.</summary>
    /// <exception cref="SimulatedFailureException">The document cannot be used.</exception>
    public SimulatedNetwork Define(string xml)
    {
        lock (_host.Gate)
        {
            SimulatedNetwork network = FindOrAdd(xml);
            network.IsPersistent = true;
            _host.Publish(ObjectNotices.Lifecycle(network, NetworkEventLifecycleType.Defined));
            return network;
        }
    }

    internal SimulatedNetwork Create(string xml)
    {
        SimulatedNetwork network = FindOrAdd(xml);
        network.Start();
        return network;
    }

    internal SimulatedNetwork Find(RemoteNetwork network) => Find(network.Uuid, network.Name);

    internal SimulatedNetwork Find(Guid uuid, string? name = null) => _byUuid.GetValueOrDefault(uuid) ?? throw new SimulatedFailureException(
        ErrorNumber.NoNetwork, ErrorDomain.Network, $"no network with matching uuid '{uuid}'{(name is null ? "" : $" ({name})")}");

    internal void Undefine(SimulatedNetwork network)
    {
        if (!network.IsPersistent)
            throw new SimulatedFailureException(ErrorNumber.OperationInvalid, ErrorDomain.Network, "can't undefine transient network");
        network.IsPersistent = false;
        network.Autostart = false;
        _host.Publish(ObjectNotices.Lifecycle(network, NetworkEventLifecycleType.Undefined));
        if (!network.IsActive)
            Remove(network);
    }

    internal void Remove(SimulatedNetwork network) => _byUuid.Remove(network.Uuid);

    internal void AddDefault()
    {
        SimulatedNetwork network = Define(
            $"""
            <network>
              <name>default</name>
              <uuid>{StableUuid.From("network", _host.Name)}</uuid>
              <forward mode='nat'/>
              <bridge name='virbr0' stp='on' delay='0'/>
              <ip address='192.168.122.1' netmask='255.255.255.0'>
                <dhcp><range start='192.168.122.2' end='192.168.122.254'/></dhcp>
              </ip>
            </network>
            """);
        network.Autostart = true;
        network.Start();
    }

    private SimulatedNetwork FindOrAdd(string xml)
    {
        XElement given = XmlText.Parse(xml, "network", ErrorDomain.Network);
        string name = given.NameOf(ErrorDomain.Network);
        Guid uuid = given.Text("uuid") is null && Find(name) is SimulatedNetwork same ? same.Uuid : given.UuidOrNew(ErrorDomain.Network);
        given.Element("uuid")?.Remove();
        given.Element("name")!.AddAfterSelf(new XElement("uuid", uuid.ToString()));
        if (given.Element("bridge") is null && given.Element("ip") is not null)
            given.Element("uuid")!.AddAfterSelf(new XElement("bridge", new XAttribute("name", $"virbr{_byUuid.Count}"), new XAttribute("stp", "on")));
        if (Find(name) is SimulatedNetwork other && other.Uuid != uuid)
            throw new SimulatedFailureException(ErrorNumber.OperationFailed, ErrorDomain.Network, $"network '{name}' already exists with uuid {other.Uuid}");
        if (_byUuid.TryGetValue(uuid, out SimulatedNetwork? existing))
        {
            existing.Xml = given;
            return existing;
        }
        SimulatedNetwork network = new(_host, given);
        _byUuid.Add(uuid, network);
        return network;
    }
}
