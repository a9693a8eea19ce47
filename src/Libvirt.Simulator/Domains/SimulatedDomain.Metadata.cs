using System.Xml.Linq;

namespace Libvirt.Simulator;

public sealed partial class SimulatedDomain
{
    internal string GetMetadata(DomainMetadataType type, string? uri, bool config)
    {
        DomainDefinition from = config || Live is null ? Definition : Live;
        string? text = type switch
        {
            DomainMetadataType.Description => from.Xml.Element("description")?.Value,
            DomainMetadataType.Title => from.Xml.Element("title")?.Value,
            _ => MetadataElement(from, uri) is XElement element ? XmlText.Write(Unprefixed(element)).TrimEnd() : null,
        };
        return text ?? throw new SimulatedFailureException(ErrorNumber.NoDomainMetadata, "Requested metadata element is not present");
    }

    internal void SetMetadata(DomainMetadataType type, string? value, string? key, string? uri, DomainModificationImpact impact)
    {
        foreach (DomainDefinition definition in Affected(impact))
            Apply(definition, type, value, key, uri);
        _host.Publish(DomainNotices.MetadataChange(this, type, uri));
    }

    /// <summary>The documents that a change is to be made in.</summary>
    /// <exception cref="SimulatedFailureException">One that is asked for is not there.</exception>
    internal IEnumerable<DomainDefinition> Affected(DomainModificationImpact impact)
    {
        if (impact.HasFlag(DomainModificationImpact.Live))
            EnsureActive();
        if (impact.HasFlag(DomainModificationImpact.Config))
            EnsurePersistent();
        List<DomainDefinition> affected = [];
        bool isCurrent = impact == DomainModificationImpact.Current;
        if (Live is not null && (isCurrent || impact.HasFlag(DomainModificationImpact.Live)))
            affected.Add(Live);
        if (impact.HasFlag(DomainModificationImpact.Config) || isCurrent && Live is null)
            affected.Add(Definition);
        return affected;
    }

    private static void Apply(DomainDefinition definition, DomainMetadataType type, string? value, string? key, string? uri)
    {
        if (type != DomainMetadataType.Element)
        {
            string name = type == DomainMetadataType.Title ? "title" : "description";
            definition.Xml.Element(name)?.Remove();
            if (!string.IsNullOrEmpty(value))
                definition.Xml.Element("uuid")!.AddAfterSelf(new XElement(name, value));
            return;
        }
        MetadataElement(definition, uri)?.Remove();
        if (value is null)
            return;
        XElement? metadata = definition.Xml.Element("metadata");
        if (metadata is null)
            definition.Xml.Element("uuid")!.AddAfterSelf(metadata = new XElement("metadata"));
        metadata.Add(Prefixed(value, key, uri));
    }

    private static XElement? MetadataElement(DomainDefinition definition, string? uri) =>
        definition.Xml.Element("metadata")?.Elements().FirstOrDefault(e => e.Name.NamespaceName == uri);

    private static XElement Prefixed(string value, string? key, string? uri)
    {
        if (key is null || uri is null)
            throw Failures.Argument("key and uri are needed for a metadata element");
        XElement element = XmlText.ParseAny(value, "metadata_xml", ErrorDomain.Domain);
        XNamespace space = uri;
        foreach (XElement part in element.DescendantsAndSelf().Where(p => p.Name.Namespace == XNamespace.None))
            part.Name = space + part.Name.LocalName;
        element.SetAttributeValue(XNamespace.Xmlns + key, uri);
        return element;
    }

    private static XElement Unprefixed(XElement element)
    {
        XElement copy = new(element);
        foreach (XElement part in copy.DescendantsAndSelf())
        {
            part.Attributes().Where(a => a.IsNamespaceDeclaration).Remove();
            part.Name = part.Name.LocalName;
        }
        return copy;
    }
}
