using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>One disk of a guest.</summary>
internal readonly record struct GuestDisk(XElement Xml)
{
    public string Target => (string?)Xml.Element("target")?.Attribute("dev") ?? "";

    /// <summary>Where its data lies; null for an empty drive.</summary>
    public string? Source => (string?)Xml.Element("source")?.Attribute("file")
        ?? (string?)Xml.Element("source")?.Attribute("dev")
        ?? (string?)Xml.Element("source")?.Attribute("name");

    public bool Is(string path) => path == Target || path.Length > 0 && path == Source;
}
