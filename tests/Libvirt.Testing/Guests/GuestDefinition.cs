using System.Globalization;
using System.Xml.Linq;

namespace Libvirt.Testing;

/// <summary>What a guest is made of.</summary>
public sealed record GuestDefinition
{
    /// <summary>The domain's name.</summary>
    public string Name { get; init; } = "guest";

    /// <summary>The domain's UUID; libvirt makes one when absent.</summary>
    public Guid? Uuid { get; init; }

    /// <summary>Memory in MiB; the guest boots with no less than the default.</summary>
    public int MemoryMiB { get; init; } = 160;

    /// <summary>Virtual processors.</summary>
    public int Cpus { get; init; } = 1;

    /// <summary>Where the serial line goes when not to a pseudo terminal: a file that the emulator writes.</summary>
    public string? SerialFile { get; init; }

    /// <summary>Disk images by the guest's device name, for example vda; raw where the name does not end in .qcow2.</summary>
    public IReadOnlyDictionary<string, string> Disks { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the guest has a graphics card and a VNC display, which screenshots need.</summary>
    public bool HasVideo { get; init; }

    /// <summary>Further elements among the devices.</summary>
    public IReadOnlyList<XElement> Devices { get; init; } = [];

    internal string Render(GuestImage image)
    {
        XElement domain = new(
            "domain",
            new XAttribute("type", "qemu"),
            new XElement("name", Name),
            Uuid is Guid uuid ? new XElement("uuid", uuid.ToString()) : null,
            new XElement("memory", new XAttribute("unit", "MiB"), Number(MemoryMiB)),
            new XElement("vcpu", Number(Cpus)),
            new XElement(
                "os",
                new XElement("type", new XAttribute("arch", "x86_64"), new XAttribute("machine", "pc"), "hvm"),
                new XElement("kernel", image.Kernel),
                new XElement("initrd", image.InitialFileSystem),
                new XElement("cmdline", "console=ttyS0 quiet loglevel=3 panic=-1")),
            new XElement("features", new XElement("acpi")),
            new XElement("on_poweroff", "destroy"),
            new XElement("on_crash", "destroy"),
            new XElement("devices", Serial(), Disks.Select(disk => Disk(disk.Key, disk.Value)), Video(), Devices));
        return domain.ToString();
    }

    private IEnumerable<XElement> Serial()
    {
        XElement target = new("target", new XAttribute("port", "0"));
        if (SerialFile is not null)
            return [new XElement("serial", new XAttribute("type", "file"), new XElement("source", new XAttribute("path", SerialFile)), target)];
        return
        [
            new XElement("serial", new XAttribute("type", "pty"), target),
            new XElement("console", new XAttribute("type", "pty"), new XElement("target", new XAttribute("type", "serial"), new XAttribute("port", "0"))),
        ];
    }

    private IEnumerable<XElement> Video() => HasVideo
        ? [
            new XElement("graphics", new XAttribute("type", "vnc"), new XAttribute("autoport", "yes"), new XAttribute("listen", "127.0.0.1")),
            new XElement("video", new XElement("model", new XAttribute("type", "vga"), new XAttribute("vram", "16384"))),
        ]
        : [new XElement("video", new XElement("model", new XAttribute("type", "none")))];

    private static XElement Disk(string target, string path) => new(
        "disk",
        new XAttribute("type", "file"),
        new XAttribute("device", "disk"),
        new XElement("driver", new XAttribute("name", "qemu"), new XAttribute("type", path.EndsWith(".qcow2", StringComparison.Ordinal) ? "qcow2" : "raw")),
        new XElement("source", new XAttribute("file", path)),
        new XElement("target", new XAttribute("dev", target), new XAttribute("bus", "virtio")));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
