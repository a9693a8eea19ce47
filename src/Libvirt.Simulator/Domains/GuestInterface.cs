using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>One network interface of a guest.</summary>
internal readonly record struct GuestInterface(XElement Xml)
{
    public string Mac => (string?)Xml.Element("mac")?.Attribute("address") ?? "";

    /// <summary>The host's name of it; null when the guest does not run.</summary>
    public string? Target => (string?)Xml.Element("target")?.Attribute("dev");

    public string? Network => (string?)Xml.Element("source")?.Attribute("network");

    public bool Is(string device) => device == Target || device.Equals(Mac, StringComparison.OrdinalIgnoreCase);
}
