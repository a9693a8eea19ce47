using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>A whole number, exact up to 64 bits.</summary>
public sealed class IntegerSchema : SchemaType
{
    private readonly int _size;

    private IntegerSchema(string name, Int128 minimum, Int128 maximum, int size = 4)
        : base(name)
    {
        Minimum = minimum;
        Maximum = maximum;
        _size = size;
    }

    /// <summary>The smallest value.</summary>
    public Int128 Minimum { get; }

    /// <summary>The largest value.</summary>
    public Int128 Maximum { get; }

    /// <inheritdoc/>
    public override string Json => $"a whole number from {Minimum} to {Maximum}";

    internal static IReadOnlyDictionary<string, SchemaType> All { get; } = new Dictionary<string, SchemaType>
    {
        ["int"] = new IntegerSchema("int", int.MinValue, int.MaxValue),
        ["uint"] = new IntegerSchema("unsigned int", uint.MinValue, uint.MaxValue),
        ["hyper"] = new IntegerSchema("hyper", long.MinValue, long.MaxValue, 8),
        ["uhyper"] = new IntegerSchema("unsigned hyper", ulong.MinValue, ulong.MaxValue, 8),
        ["short"] = new IntegerSchema("short", short.MinValue, short.MaxValue),
        ["ushort"] = new IntegerSchema("unsigned short", ushort.MinValue, ushort.MaxValue),
        ["char"] = new IntegerSchema("char", sbyte.MinValue, sbyte.MaxValue),
        ["uchar"] = new IntegerSchema("unsigned char", byte.MinValue, byte.MaxValue),
    };

    internal override int MinimumWireSize => _size;

    internal override void Write(JsonElement value, FieldPath path, ref XdrWriter writer)
    {
        Int128 number = Number(value) ?? throw Wrong(path);
        if (number < Minimum || number > Maximum)
            throw Wrong(path);
        if (_size == 8)
            writer.WriteUInt64(unchecked((ulong)number));
        else
            writer.WriteUInt32(unchecked((uint)number));
    }

    internal override void Read(ref XdrReader reader, Utf8JsonWriter json)
    {
        if (_size == 8 && Minimum < 0)
        {
            json.WriteNumberValue(reader.ReadInt64());
            return;
        }

        if (_size == 8)
        {
            json.WriteNumberValue(reader.ReadUInt64());
            return;
        }

        long value = Minimum < 0 ? reader.ReadInt32() : reader.ReadUInt32();
        if (Name == "char" && value is > sbyte.MaxValue and <= byte.MaxValue)
            value = unchecked((sbyte)value);
        if (value < Minimum || value > Maximum)
            throw new ProtocolException($"{value} does not fit into {Name}.");
        json.WriteNumberValue(value);
    }

    private static Int128? Number(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
            return null;
        if (value.TryGetInt64(out long signed))
            return signed;
        return value.TryGetUInt64(out ulong unsigned) ? unsigned : null;
    }
}
