using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>An array of up to a number of values.</summary>
public sealed class ArraySchema : SchemaType
{
    internal ArraySchema(string name, SchemaType element, int limit)
        : base(name)
    {
        Element = element;
        Limit = limit;
    }

    /// <summary>The type of each value.</summary>
    public SchemaType Element { get; }

    /// <summary>The most values.</summary>
    public int Limit { get; }

    /// <inheritdoc/>
    public override string Json => $"an array of at most {Limit}";

    internal override int MinimumWireSize => 4;

    internal override void Write(JsonElement value, FieldPath path, ref XdrWriter writer)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > Limit)
            throw Wrong(path);
        writer.WriteInt32(value.GetArrayLength());
        int index = 0;
        foreach (JsonElement element in value.EnumerateArray())
            Element.Write(element, path.Index(index++), ref writer);
    }

    internal override void Read(ref XdrReader reader, Utf8JsonWriter json)
    {
        int count = reader.ReadCount(Limit, Element.MinimumWireSize);
        json.WriteStartArray();
        for (int i = 0; i < count; i++)
            Element.Read(ref reader, json);
        json.WriteEndArray();
    }
}
