using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>A UUID: its usual text in JSON.</summary>
public sealed class UuidSchema : SchemaType
{
    internal UuidSchema(string name)
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override string Json => "a UUID, such as \"6695eb01-f6a4-8304-79aa-97f2502e193f\"";

    internal override int MinimumWireSize => 16;

    internal override void Write(JsonElement value, FieldPath path, ref XdrWriter writer)
    {
        if (!JsonText.TryGet(value, out string? text) || !(Guid.TryParseExact(text, "D", out Guid uuid) || Guid.TryParseExact(text, "N", out uuid)))
            throw Wrong(path);
        writer.WriteUuid(uuid);
    }

    internal override void Read(ref XdrReader reader, Utf8JsonWriter json) => json.WriteStringValue(reader.ReadUuid());
}
