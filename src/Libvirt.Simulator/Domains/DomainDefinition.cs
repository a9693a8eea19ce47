using System.Globalization;
using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>A guest's document, completed as libvirt completes it, and what can be read from it.</summary>
internal sealed class DomainDefinition
{
    private readonly XElement _xml;

    private DomainDefinition(XElement xml) => _xml = xml;

    /// <summary>The document itself; changes to it are changes to the guest.</summary>
    public XElement Xml => _xml;

    public string Name => _xml.Text("name")!;

    public Guid Uuid => Guid.Parse(_xml.Text("uuid")!);

    public string OSType => _xml.Element("os")!.Text("type")!;

    public ulong MemoryKiB
    {
        get => ScaledSize.Bytes(_xml.Element("memory")!, "KiB") >> 10;
        set => _xml.SetChild("memory", value.ToString(CultureInfo.InvariantCulture), new XAttribute("unit", "KiB"));
    }

    public ulong CurrentMemoryKiB
    {
        get => ScaledSize.Bytes(_xml.Element("currentMemory")!, "KiB") >> 10;
        set => _xml.SetChild("currentMemory", value.ToString(CultureInfo.InvariantCulture), new XAttribute("unit", "KiB"));
    }

    public int MaxVcpus => int.Parse(_xml.Text("vcpu")!, CultureInfo.InvariantCulture);

    public int Vcpus => (int?)_xml.Element("vcpu")!.Attribute("current") ?? MaxVcpus;

    public XElement Devices => _xml.Element("devices")!;

    public IEnumerable<GuestDisk> Disks => Devices.Elements("disk").Select(d => new GuestDisk(d));

    public IEnumerable<GuestInterface> Interfaces => Devices.Elements("interface").Select(i => new GuestInterface(i));

    /// <summary>Reads and completes a document.</summary>
    /// <exception cref="SimulatedFailureException">It cannot be used.</exception>
    public static DomainDefinition Parse(string xml, string hostName) =>
        new(DomainCompletion.Complete(XmlText.Parse(xml, "domain", ErrorDomain.Domain), hostName));

    public DomainDefinition Copy() => new(new XElement(_xml));

    /// <summary>The definition as it is while the guest runs: with the names that exist only then.</summary>
    public DomainDefinition ForLife(int id)
    {
        DomainDefinition live = Copy();
        DomainCompletion.NameDevices(live._xml, id);
        return live;
    }

    public DomainDefinition Renamed(string name)
    {
        DomainDefinition renamed = Copy();
        renamed._xml.SetChild("name", name);
        return renamed;
    }

    public void SetVcpus(int? current, int? maximum)
    {
        int max = maximum ?? MaxVcpus;
        int now = Math.Min(current ?? Vcpus, max);
        XAttribute[] attributes = now == max
            ? [new XAttribute("placement", "static")]
            : [new XAttribute("placement", "static"), new XAttribute("current", now)];
        _xml.SetChild("vcpu", max.ToString(CultureInfo.InvariantCulture), attributes);
    }

    /// <summary>The document as text, with the running guest's number where it has one.</summary>
    public string ToXml(int? id)
    {
        XElement copy = new(_xml);
        if (id is int number)
            copy.SetAttributeValue("id", number);
        return XmlText.Write(copy);
    }
}
