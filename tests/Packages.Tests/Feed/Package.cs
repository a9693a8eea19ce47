using System.IO.Compression;
using System.Xml.Linq;

namespace Packages.Tests.Feed;

/// <summary>What stands in a package.</summary>
internal sealed class Package
{
    private readonly XElement _metadata;
    private readonly Dictionary<string, string> _texts;

    private Package(XElement metadata, Dictionary<string, string> texts)
    {
        _metadata = metadata;
        _texts = texts;
    }

    public string Id => Said("id");

    public string Version => Said("version");

    public IEnumerable<string> Files => _texts.Keys;

    /// <summary>The packages it asks for, as "id version".</summary>
    public IEnumerable<string> Dependencies => _metadata.Descendants().Where(element => element.Name.LocalName == "dependency")
        .Select(dependency => $"{(string?)dependency.Attribute("id")} {(string?)dependency.Attribute("version")}").Order(StringComparer.Ordinal);

    public static Package Read(string file)
    {
        using ZipArchive archive = ZipFile.OpenRead(file);
        Dictionary<string, string> texts = archive.Entries.ToDictionary(entry => entry.FullName, Text, StringComparer.Ordinal);
        XElement nuspec = XDocument.Parse(texts.Single(text => text.Key.EndsWith(".nuspec", StringComparison.Ordinal)).Value).Root!;
        return new Package(nuspec.Elements().Single(element => element.Name.LocalName == "metadata"), texts);
    }

    /// <summary>What its description says under a name; empty where it says nothing.</summary>
    public string Said(string name) => _metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? "";

    /// <summary>The text of a file in it; empty for a program.</summary>
    public string TextOf(string file) => _texts[file];

    private static string Text(ZipArchiveEntry entry)
    {
        if (Path.GetExtension(entry.Name) is not (".nuspec" or ".md" or ".xml"))
            return "";
        using StreamReader reader = new(entry.Open());
        return reader.ReadToEnd();
    }
}
