using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Libvirt.Protocol.Generator.Model;

/// <summary>Writes an object whose lists hold one element a line, so that a change of one fact is a change of one line.</summary>
internal sealed class LineJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> _properties = [];

    public void Value(string name, JsonNode value) => _properties.Add($"{Quote(name)}: {Compact(value)}");

    public void Items(string name, IEnumerable<JsonNode> items) => Raw(name, [.. items.Select(Compact)]);

    public void Raw(string name, IReadOnlyList<string> items) =>
        _properties.Add($"{Quote(name)}: [\n{string.Join(",\n", items)}\n]");

    public void Members(string name, IEnumerable<(string Name, JsonNode Value)> members) =>
        _properties.Add($"{Quote(name)}: {{\n{string.Join(",\n", members.Select(m => $"{Quote(m.Name)}: {Compact(m.Value)}"))}\n}}");

    /// <inheritdoc/>
    public override string ToString() => new StringBuilder("{\n").AppendJoin(",\n", _properties).Append("\n}\n").ToString();

    private static string Quote(string text) => Compact(JsonValue.Create(text));

    private static string Compact(JsonNode node) => node.ToJsonString(Options);
}
