using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>A truth value.</summary>
public sealed class BooleanSchema : SchemaType
{
    internal BooleanSchema()
        : base("bool")
    {
    }

    /// <inheritdoc/>
    public override string Json => "true or false";

    internal override int MinimumWireSize => 4;

    internal override void Write(JsonElement value, FieldPath path, ref XdrWriter writer) =>
        writer.WriteBoolean(value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(path));

    internal override void Read(ref XdrReader reader, Utf8JsonWriter json) => json.WriteBooleanValue(reader.ReadBoolean());
}
