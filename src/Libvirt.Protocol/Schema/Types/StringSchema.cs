using System.Text;
using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>A text.</summary>
public sealed class StringSchema : SchemaType
{
    internal StringSchema(int limit)
        : base("string")
    {
        Limit = limit;
    }

    /// <summary>The most bytes of UTF-8.</summary>
    public int Limit { get; }

    /// <inheritdoc/>
    public override string Json => $"a text of at most {Limit} bytes without NUL";

    internal override int MinimumWireSize => 4;

    internal override void Write(JsonElement value, FieldPath path, ref XdrWriter writer)
    {
        if (!JsonText.TryGet(value, out string? text) || text.Contains('\0', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(text) > Limit)
            throw Wrong(path);
        writer.WriteString(text, Limit);
    }

    internal override void Read(ref XdrReader reader, Utf8JsonWriter json) => json.WriteStringValue(reader.ReadString(Limit));
}
