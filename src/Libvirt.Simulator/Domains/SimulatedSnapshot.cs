using System.Globalization;
using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>A point in a guest's life to which it can go back.</summary>
internal sealed class SimulatedSnapshot
{
    public required string Name { get; init; }

    public required string? Description { get; init; }

    public required SimulatedSnapshot? Parent { get; set; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>What the guest did then.</summary>
    public required DomainState State { get; init; }

    public required bool IsDiskOnly { get; init; }

    /// <summary>What the guest was then.</summary>
    public required DomainDefinition Definition { get; init; }

    public string ToXml()
    {
        XElement xml = new("domainsnapshot", new XElement("name", Name));
        if (Description is not null)
            xml.Add(new XElement("description", Description));
        xml.Add(new XElement("state", StateName));
        if (Parent is not null)
            xml.Add(new XElement("parent", new XElement("name", Parent.Name)));
        xml.Add(new XElement("creationTime", Created.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        xml.Add(new XElement("memory", new XAttribute("snapshot", State is DomainState.Shutoff || IsDiskOnly ? "no" : "internal")));
        xml.Add(new XElement("disks", Definition.Disks.Select(d =>
            new XElement("disk", new XAttribute("name", d.Target), new XAttribute("snapshot", "internal")))));
        xml.Add(new XElement(Definition.Xml));
        return XmlText.Write(xml);
    }

    private string StateName => IsDiskOnly ? "disk-snapshot" : State switch
    {
        DomainState.Running => "running",
        DomainState.Paused => "paused",
        _ => "shutoff",
    };
}
