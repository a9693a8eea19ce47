using System.Xml;
using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>Reads and writes XML as libvirt does: no declaration, two spaces, single quotes.</summary>
internal static class XmlText
{
    // The limit of libxml2. Writing with indentation takes the square of the depth.
    private const int MaxDepth = 256;

    // As many as the protocol transmits in one string.
    private const int MaxCharacters = 4 << 20;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreWhitespace = true,
        MaxCharactersInDocument = MaxCharacters,
    };

    /// <summary>Parses a document whose root must be named <paramref name="root"/>.</summary>
    /// <exception cref="SimulatedFailureException">It is not well-formed or something else.</exception>
    public static XElement Parse(string xml, string root, ErrorDomain domain)
    {
        XElement element = ParseAny(xml, $"{root}_definition", domain);
        return element.Name.LocalName == root
            ? element
            : throw Failures.Xml($"expecting root element of '{root}', not '{element.Name.LocalName}'", ErrorDomain.Xml);
    }

    /// <summary>Parses an element of any name. Document type declarations are refused, and so are more than 256 levels of elements.</summary>
    /// <param name="xml">The element.</param>
    /// <param name="kind">What it is, as libvirt's error messages name it.</param>
    /// <param name="domain">The part of libvirt that reports an error.</param>
    /// <exception cref="SimulatedFailureException">It is not well-formed, or exceeds a limit.</exception>
    public static XElement ParseAny(string xml, string kind, ErrorDomain domain)
    {
        try
        {
            CheckDepth(xml);
            using XmlReader reader = XmlReader.Create(new StringReader(xml), Settings);
            return XElement.Load(reader);
        }
        catch (XmlException e)
        {
            throw new SimulatedFailureException(ErrorNumber.XmlDetail, domain, $"({kind}):{e.LineNumber}: {e.Message}");
        }
    }

    public static string Write(XElement element)
    {
        using StringWriter text = new();
        using (XmlTextWriter writer = new(text) { Formatting = Formatting.Indented, Indentation = 2, QuoteChar = '\'' })
            element.WriteTo(writer);
        // An end of an empty element cannot stand in a value: there the writer escapes the bracket.
        return text.ToString().Replace(" />", "/>", StringComparison.Ordinal) + "\n";
    }

    private static void CheckDepth(string xml)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(xml), Settings);
        while (reader.Read())
        {
            if (reader.Depth >= MaxDepth)
                throw new XmlException($"Excessive depth in document: {MaxDepth} levels of elements are allowed.", null, ((IXmlLineInfo)reader).LineNumber, 0);
        }
    }

    /// <summary>The text of a child, trimmed; null where there is none or nothing in it.</summary>
    public static string? Text(this XElement parent, string child)
    {
        string? text = parent.Element(child)?.Value.Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>The UUID that a document gives, or a new one.</summary>
    /// <exception cref="SimulatedFailureException">It gives something else.</exception>
    public static Guid UuidOrNew(this XElement element, ErrorDomain domain)
    {
        string? text = element.Text("uuid");
        if (text is null)
            return Guid.NewGuid();
        return Guid.TryParse(text, out Guid uuid) ? uuid : throw Failures.Xml("malformed uuid element", domain);
    }

    /// <summary>The name that a document must give.</summary>
    public static string NameOf(this XElement element, ErrorDomain domain) =>
        element.Text("name") ?? throw new SimulatedFailureException(ErrorNumber.NoName, domain, null);

    /// <summary>Puts a child with this text in the place of the one there is, or at the end.</summary>
    public static XElement SetChild(this XElement parent, string child, string text, params XAttribute[] attributes)
    {
        XElement element = new(child, attributes, text);
        if (parent.Element(child) is XElement old)
            old.ReplaceWith(element);
        else
            parent.Add(element);
        return element;
    }
}
