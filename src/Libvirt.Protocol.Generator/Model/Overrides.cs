using System.Text.Json.Nodes;

namespace Libvirt.Protocol.Generator.Model;

/// <summary>
/// What libvirt's files do not say, or say wrongly, from the checked-in <c>overrides.json</c>: streams and descriptors without an annotation,
/// flags without a named enum, versions of procedures without a function, names that no rule can split into words.
/// </summary>
public sealed class Overrides
{
    /// <summary>The file's name beside the model.</summary>
    public const string FileName = "overrides.json";

    private readonly JsonObject _root;

    private Overrides(JsonObject root)
    {
        _root = root;
    }

    /// <summary>The file of hand-written documentation texts, read as further sections.</summary>
    public const string TextsFileName = "texts.json";

    /// <summary>Reads the overrides and the texts from the model's folder.</summary>
    public static Overrides Load(string folder)
    {
        JsonObject root = Parse(Path.Combine(folder, FileName));
        foreach ((string section, JsonNode? texts) in Parse(Path.Combine(folder, TextsFileName)))
            root[section] = texts!.DeepClone();
        return new Overrides(root);
    }

    /// <summary>The value of a name in a section, or null.</summary>
    public string? Find(string section, string name) => (string?)_root[section]?[name];

    /// <summary>Whether a section that is a list holds a name.</summary>
    public bool Lists(string section, string name) => List(section).Contains(name);

    /// <summary>The elements of a section that is a list.</summary>
    public IReadOnlyList<string> List(string section) => _root[section] is JsonArray array ? [.. array.Select(v => (string)v!)] : [];

    /// <summary>The names and values of a section.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Map(string section) =>
        _root[section] is JsonObject map ? [.. map.Select(m => KeyValuePair.Create(m.Key, (string)m.Value!))] : [];

    private static JsonObject Parse(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();
}
