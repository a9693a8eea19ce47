using System.Globalization;
using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>What a host says of itself in XML.</summary>
internal static class HostDocuments
{
    private const string Emulator = "/usr/bin/qemu-system-x86_64";
    private const string Machine = "pc-q35-10.0";

    public static string Capabilities(SimulatedHost host)
    {
        SimulatedHardware hardware = host.Hardware;
        XElement cpu = new("cpu", new XElement("arch", "x86_64"), new XElement("model", "EPYC"), new XElement("vendor", "AMD"),
            Topology(hardware), new XElement("pages", new XAttribute("unit", "KiB"), new XAttribute("size", 4)));
        XElement cpus = new("cpus", new XAttribute("num", hardware.Cpus), Enumerable.Range(0, hardware.Cpus).Select(i => Cpu(hardware, i)));
        XElement cell = new("cell", new XAttribute("id", 0),
            new XElement("memory", new XAttribute("unit", "KiB"), hardware.MemoryKiB.ToString(CultureInfo.InvariantCulture)), cpus);
        XElement migration = new("migration_features", new XElement("live"),
            new XElement("uri_transports", new XElement("uri_transport", "tcp")));
        XElement hostElement = new("host", new XElement("uuid", host.Uuid.ToString()), cpu, migration,
            new XElement("topology", new XElement("cells", new XAttribute("num", 1), cell)));
        XElement arch = new("arch", new XAttribute("name", "x86_64"), new XElement("wordsize", 64), new XElement("emulator", Emulator),
            new XElement("machine", new XAttribute("maxCpus", 255), Machine),
            new XElement("domain", new XAttribute("type", "qemu")), new XElement("domain", new XAttribute("type", "kvm")));
        return XmlText.Write(new XElement("capabilities", hostElement, new XElement("guest", new XElement("os_type", "hvm"), arch)));
    }

    public static string DomainCapabilities(SimulatedHost host, string? machine) => XmlText.Write(new XElement(
        "domainCapabilities",
        new XElement("path", Emulator),
        new XElement("domain", "kvm"),
        new XElement("machine", machine ?? Machine),
        new XElement("arch", "x86_64"),
        new XElement("vcpu", new XAttribute("max", Math.Max(255, host.Hardware.Cpus)))));

    public static string Sysinfo(SimulatedHost host) => XmlText.Write(new XElement(
        "sysinfo",
        new XAttribute("type", "smbios"),
        new XElement("system", Entry("manufacturer", "Libvirt.Simulator"), Entry("product", "Simulated host"), Entry("uuid", host.Uuid.ToString()))));

    private static XElement Topology(SimulatedHardware hardware) => new(
        "topology",
        new XAttribute("sockets", hardware.Sockets),
        new XAttribute("cores", hardware.Cores),
        new XAttribute("threads", hardware.Threads));

    private static XElement Cpu(SimulatedHardware hardware, int index) => new(
        "cpu",
        new XAttribute("id", index),
        new XAttribute("socket_id", index / (hardware.Cores * hardware.Threads)),
        new XAttribute("core_id", index / hardware.Threads % hardware.Cores),
        new XAttribute("siblings", index));

    private static XElement Entry(string name, string value) => new("entry", new XAttribute("name", name), value);
}
