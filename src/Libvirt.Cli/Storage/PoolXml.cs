using System.Xml.Linq;

namespace Libvirt.Cli.Storage;

/// <summary>What makes a pool, by virsh's names of the options that say so; and the XML that says the same.</summary>
/// <param name="name">The pool's name.</param>
/// <param name="type">What it is.</param>
/// <param name="option">The value of an option without its dashes; null where it was not given.</param>
internal sealed class PoolXml(string name, string type, Func<string, string?> option)
{
    public override string ToString()
    {
        XElement source = new(
            "source",
            Element("host", "name", "source-host"),
            Element("dir", "path", "source-path"),
            Element("device", "path", "source-dev"),
            Inside("initiator", Element("iqn", "name", "source-initiator")),
            Adapter(),
            Authentication(),
            Element("format", "type", "source-format"),
            option("source-name") is { } sourceName ? new XElement("name", sourceName) : null,
            Element("protocol", "ver", "source-protocol-ver"));
        return new XElement(
            "pool",
            new XAttribute("type", type),
            new XElement("name", name),
            source.HasElements ? source : null,
            option("target") is { } target ? new XElement("target", new XElement("path", target)) : null).ToString();
    }

    // Half of a pair means nothing: a port is known by both of its numbers, a secret belongs to a user.
    private XElement? Adapter()
    {
        if (option("adapter-wwnn") is null || option("adapter-wwpn") is null)
            return Element("adapter", "name", "adapter-name") is { } named ? new XElement("adapter", new XAttribute("type", "scsi_host"), named.Attributes()) : null;
        object?[] parent = option("adapter-parent") is not null ? [Attribute("parent", "adapter-parent")]
            : option("adapter-parent-wwnn") is not null && option("adapter-parent-wwpn") is not null
                ? [Attribute("parent_wwnn", "adapter-parent-wwnn"), Attribute("parent_wwpn", "adapter-parent-wwpn")]
            : [Attribute("parent_fabric_wwn", "adapter-parent-fabric-wwn")];
        return new XElement("adapter", new XAttribute("type", "fc_host"), parent, Attribute("wwnn", "adapter-wwnn"), Attribute("wwpn", "adapter-wwpn"));
    }

    private XElement? Authentication()
    {
        XAttribute? secret = Attribute("usage", "secret-usage") ?? Attribute("uuid", "secret-uuid");
        return secret is null || option("auth-type") is null || option("auth-username") is null ? null
            : new XElement("auth", Attribute("type", "auth-type"), Attribute("username", "auth-username"), new XElement("secret", secret));
    }

    private XElement? Element(string element, string attribute, string word) => Inside(element, Attribute(attribute, word));

    private XAttribute? Attribute(string attribute, string word) => option(word) is { } value ? new XAttribute(attribute, value) : null;

    private static XElement? Inside(string element, XObject? content) => content is null ? null : new XElement(element, content);
}
