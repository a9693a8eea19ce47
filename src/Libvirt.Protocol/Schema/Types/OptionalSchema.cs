using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>A value that may be missing: null in JSON, or not there at all.</summary>
public sealed class OptionalSchema : SchemaType
{
    internal OptionalSchema(string name, SchemaType value)
        : base(name)
    {
        Value = value;
    }

    /// <summary>The type of the value when it is there.</summary>
    public SchemaType Value { get; }

    /// <inheritdoc/>
    public override string Json => $"{Value.Json}, or null";

    /// <inheritdoc/>
    public override bool IsOptional => true;

    internal override int MinimumWireSize => 4;

    internal override void Write(JsonElement value, FieldPath path, ref XdrWriter writer)
    {
        bool present = value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
        writer.WriteBoolean(present);
        if (present)
            Value.Write(value, path, ref writer);
    }

    internal override void Read(ref XdrReader reader, Utf8JsonWriter json)
    {
        if (reader.ReadBoolean())
            Value.Read(ref reader, json);
        else
            json.WriteNullValue();
    }
}
