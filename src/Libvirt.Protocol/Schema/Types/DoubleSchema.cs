using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>A floating-point number; JSON has no number for those that are none, so they stand as texts.</summary>
public sealed class DoubleSchema : SchemaType
{
    private readonly bool _single;

    internal DoubleSchema(bool single)
        : base(single ? "float" : "double")
    {
        _single = single;
    }

    /// <inheritdoc/>
    public override string Json => "a number, or \"NaN\", \"Infinity\" or \"-Infinity\"";

    internal override int MinimumWireSize => _single ? 4 : 8;

    internal override void Write(JsonElement value, FieldPath path, ref XdrWriter writer)
    {
        double number = Number(value) ?? throw Wrong(path);
        if (_single)
            writer.WriteSingle((float)number);
        else
            writer.WriteDouble(number);
    }

    internal override void Read(ref XdrReader reader, Utf8JsonWriter json)
    {
        double number = _single ? reader.ReadSingle() : reader.ReadDouble();
        if (double.IsNaN(number))
            json.WriteStringValue("NaN");
        else if (double.IsInfinity(number))
            json.WriteStringValue(number > 0 ? "Infinity" : "-Infinity");
        else
            json.WriteNumberValue(number);
    }

    private static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out double number) && double.IsFinite(number) => number,
        JsonValueKind.String when value.ValueEquals("NaN") => double.NaN,
        JsonValueKind.String when value.ValueEquals("Infinity") => double.PositiveInfinity,
        JsonValueKind.String when value.ValueEquals("-Infinity") => double.NegativeInfinity,
        _ => null,
    };
}
