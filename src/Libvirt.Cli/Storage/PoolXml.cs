using System.Xml.Linq;

namespace Libvirt.Cli.Storage;

/// <summary>What makes a pool, as options; and the XML that says the same.</summary>
internal sealed record PoolXml(string Name, string Type)
{
    public string? SourceHost { get; init; }

    public string? SourcePath { get; init; }

    public string? SourceDevice { get; init; }

    public string? SourceName { get; init; }

    public string? SourceFormat { get; init; }

    public string? Target { get; init; }

    public override string ToString()
    {
        XElement source = new(
            "source",
            Element("host", "name", SourceHost),
            Element("dir", "path", SourcePath),
            Element("device", "path", SourceDevice),
            SourceName is null ? null : new XElement("name", SourceName),
            Element("format", "type", SourceFormat));
        return new XElement(
            "pool",
            new XAttribute("type", Type),
            new XElement("name", Name),
            source.HasElements ? source : null,
            Target is null ? null : new XElement("target", new XElement("path", Target))).ToString();
    }

    private static XElement? Element(string name, string attribute, string? value) =>
        value is null ? null : new XElement(name, new XAttribute(attribute, value));
}
