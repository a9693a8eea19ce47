using System.Text.Json.Nodes;

namespace Libvirt.Protocol.Generator.Model;

/// <summary>
/// What libvirt's files do not say, or say wrongly, from the checked-in <c>overrides.json</c>: streams and descriptors without an annotation,
/// flags without a named enum, names that no rule can split into words.
/// </summary>
public sealed class Overrides
{
    /// <summary>The file's name beside the model.</summary>
    public const string FileName = "overrides.json";

    private readonly JsonNode _root;

    private Overrides(JsonNode root)
    {
        _root = root;
    }

    /// <summary>Reads the overrides from the model's folder.</summary>
    public static Overrides Load(string folder) => Parse(File.ReadAllText(Path.Combine(folder, FileName)));

    /// <summary>Reads overrides from their text.</summary>
    public static Overrides Parse(string json) => new(JsonNode.Parse(json)!);

    /// <summary>The value of a name in a section, or null.</summary>
    public string? Find(string section, string name) => (string?)_root[section]?[name];

    /// <summary>Whether a section that is a list holds a name.</summary>
    public bool Lists(string section, string name) => List(section).Contains(name);

    /// <summary>The elements of a section that is a list.</summary>
    public IReadOnlyList<string> List(string section) => _root[section] is JsonArray array ? [.. array.Select(v => (string)v!)] : [];

    /// <summary>The names and values of a section.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Map(string section) =>
        _root[section] is JsonObject map ? [.. map.Select(m => KeyValuePair.Create(m.Key, (string)m.Value!))] : [];
}
