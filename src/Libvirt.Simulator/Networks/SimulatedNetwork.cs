using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>One virtual network of a simulated host.</summary>
public sealed class SimulatedNetwork
{
    private readonly SimulatedHost _host;

    internal SimulatedNetwork(SimulatedHost host, XElement xml)
    {
        _host = host;
        Xml = xml;
        Uuid = Guid.Parse(xml.Text("uuid")!);
        Name = xml.Text("name")!;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its UUID.</summary>
    public Guid Uuid { get; }

    /// <summary>Whether it is started.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Whether it stays defined when it stops.</summary>
    public bool IsPersistent { get; internal set; }

    /// <summary>Whether it starts with its host.</summary>
    public bool Autostart { get; set; }

    internal XElement Xml { get; set; }

    internal RemoteNetwork Wire => new(Name, Uuid);

    internal string? Bridge => (string?)Xml.Element("bridge")?.Attribute("name");

    /// <summary>Its document, as <c>virNetworkGetXMLDesc</c> gives it.</summary>
    public string GetXml() => XmlText.Write(Xml);

    /// <summary>Starts it.</summary>
    /// <exception cref="SimulatedFailureException">It is started.</exception>
    public void Start()
    {
        lock (_host.Gate)
        {
            if (IsActive)
                throw new SimulatedFailureException(ErrorNumber.OperationInvalid, ErrorDomain.Network, "network is already active");
            IsActive = true;
            _host.Publish(ObjectNotices.Lifecycle(this, NetworkEventLifecycleType.Started));
        }
    }

    /// <summary>Stops it.</summary>
    /// <exception cref="SimulatedFailureException">It is not started.</exception>
    public void Stop()
    {
        lock (_host.Gate)
        {
            if (!IsActive)
                throw new SimulatedFailureException(ErrorNumber.OperationInvalid, ErrorDomain.Network, $"network '{Name}' is not active");
            IsActive = false;
            _host.Publish(ObjectNotices.Lifecycle(this, NetworkEventLifecycleType.Stopped));
            if (!IsPersistent)
                _host.Networks.Remove(this);
        }
    }
}
