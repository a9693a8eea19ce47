using System.Globalization;
using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>Completes a guest's document: what libvirt would add, in the order in which it writes it.</summary>
internal static class DomainCompletion
{
    private static readonly string[] Order =
    [
        "name", "uuid", "title", "description", "metadata", "memory", "currentMemory", "vcpu", "os", "features", "cpu", "clock",
        "on_poweroff", "on_reboot", "on_crash", "devices",
    ];

    /// <summary>The completed document.</summary>
    /// <exception cref="SimulatedFailureException">Something that has no default is missing.</exception>
    public static XElement Complete(XElement given, string hostName)
    {
        XElement xml = new(given);
        xml.Attribute("id")?.Remove();
        if (xml.Attribute("type") is null)
            throw Failures.Xml("Missing required attribute 'type' in element 'domain'");
        string name = xml.NameOf(ErrorDomain.Domain);
        xml.SetChild("uuid", xml.UuidOrNew(ErrorDomain.Domain).ToString());
        if (xml.Element("os")?.Text("type") is null)
            throw Failures.Xml("an os <type> must be specified");
        CompleteMemory(xml);
        CompleteVcpus(xml);
        SetDefault(xml, "clock", () => new XElement("clock", new XAttribute("offset", "utc")));
        SetDefault(xml, "on_poweroff", () => new XElement("on_poweroff", "destroy"));
        SetDefault(xml, "on_reboot", () => new XElement("on_reboot", "restart"));
        SetDefault(xml, "on_crash", () => new XElement("on_crash", "destroy"));
        SetDefault(xml, "devices", () => new XElement("devices"));
        CompleteDevices(xml.Element("devices")!, hostName, name);
        xml.ReplaceNodes(xml.Elements().OrderBy(e => Rank(e.Name.LocalName)).ToArray());
        return xml;
    }

    /// <summary>Names the devices of a guest that starts.</summary>
    public static void NameDevices(XElement xml, int id)
    {
        XElement devices = xml.Element("devices")!;
        int network = 0;
        foreach (XElement device in devices.Elements("interface"))
        {
            if (device.Element("target")?.Attribute("dev") is null)
                device.Add(new XElement("target", new XAttribute("dev", $"vnet{id * 8 + network}")));
            Alias(device, $"net{network++}");
        }
        foreach (XElement disk in devices.Elements("disk"))
            Alias(disk, "virtio-disk-" + new GuestDisk(disk).Target);
        int console = 0;
        foreach (XElement device in devices.Elements("console"))
        {
            device.SetAttributeValue("tty", $"/dev/pts/{id}");
            Alias(device, $"serial{console++}");
        }
        foreach (XElement graphics in devices.Elements("graphics").Where(g => (string?)g.Attribute("port") == "-1"))
            graphics.SetAttributeValue("port", 5900 + id % 1000);
    }

    /// <summary>Gives a new interface what it lacks.</summary>
    public static void CompleteInterface(XElement device, string hostName, string domainName, int index)
    {
        if (device.Element("mac") is null)
            device.AddFirst(new XElement("mac", new XAttribute("address", MacFor($"{hostName}\n{domainName}\n{index}"))));
    }

    private static void CompleteDevices(XElement devices, string hostName, string domainName)
    {
        SetDefaultFirst(devices, "emulator", () => new XElement("emulator", "/usr/bin/qemu-system-x86_64"));
        int index = 0;
        foreach (XElement device in devices.Elements("interface"))
            CompleteInterface(device, hostName, domainName, index++);
        SetDefault(devices, "memballoon", () => new XElement("memballoon", new XAttribute("model", "virtio")));
    }

    private static void CompleteMemory(XElement xml)
    {
        XElement memory = xml.Element("memory") ?? xml.Element("currentMemory") ?? throw Failures.Xml("missing memory element");
        ulong maximum = ScaledSize.Bytes(memory, "KiB") >> 10;
        ulong current = xml.Element("currentMemory") is XElement given ? ScaledSize.Bytes(given, "KiB") >> 10 : maximum;
        xml.SetChild("memory", maximum.ToString(CultureInfo.InvariantCulture), new XAttribute("unit", "KiB"));
        xml.SetChild("currentMemory", Math.Min(current, maximum).ToString(CultureInfo.InvariantCulture), new XAttribute("unit", "KiB"));
    }

    private static void CompleteVcpus(XElement xml)
    {
        XElement? vcpu = xml.Element("vcpu");
        if (vcpu is null)
            xml.SetChild("vcpu", "1", new XAttribute("placement", "static"));
        else if (!int.TryParse(vcpu.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count == 0)
            throw Failures.Xml("maximum vcpus count must be an integer greater than 0");
        else if (vcpu.Attribute("placement") is null)
            vcpu.SetAttributeValue("placement", "static");
    }

    private static void Alias(XElement device, string name)
    {
        if (device.Element("alias") is null)
            device.Add(new XElement("alias", new XAttribute("name", name)));
    }

    private static string MacFor(string seed)
    {
        byte[] bytes = StableUuid.From("mac", seed).ToByteArray();
        return $"52:54:00:{bytes[0]:x2}:{bytes[1]:x2}:{bytes[2]:x2}";
    }

    private static void SetDefault(XElement parent, string child, Func<XElement> make)
    {
        if (parent.Element(child) is null)
            parent.Add(make());
    }

    private static void SetDefaultFirst(XElement parent, string child, Func<XElement> make)
    {
        if (parent.Element(child) is null)
            parent.AddFirst(make());
    }

    private static int Rank(string name)
    {
        int rank = Array.IndexOf(Order, name);
        return rank < 0 ? Array.IndexOf(Order, "clock") : rank;
    }
}
