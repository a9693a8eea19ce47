using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>A struct: an object in JSON that has each field once and no other.</summary>
public sealed class StructSchema : SchemaType
{
    private readonly Lazy<IReadOnlyList<FieldSchema>> _fields;

    internal StructSchema(string name, Func<IReadOnlyList<FieldSchema>> fields)
        : base(name)
    {
        _fields = new Lazy<IReadOnlyList<FieldSchema>>(fields);
    }

    /// <summary>The fields in their order on the wire.</summary>
    public IReadOnlyList<FieldSchema> Fields => _fields.Value;

    /// <inheritdoc/>
    public override string Json => $"an object with {Names}";

    private string Names => string.Join(", ", Fields.Select(f => f.Name));

    internal override int MinimumWireSize => Fields.Sum(f => f.Type.MinimumWireSize);

    internal override void Write(JsonElement value, FieldPath path, ref XdrWriter writer)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Wrong(path);
        RefuseUnknown(value, path);
        foreach (FieldSchema field in Fields)
        {
            FieldPath here = path.Field(field.Name);
            bool present = value.TryGetProperty(field.Name, out JsonElement given);
            if (!present && !field.Type.IsOptional)
                throw new SchemaException(here, $"it is missing; it must be {field.Type.Json}.");
            field.Type.Write(given, here, ref writer);
        }
    }

    internal override void Read(ref XdrReader reader, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (FieldSchema field in Fields)
        {
            json.WritePropertyName(field.Name);
            field.Type.Read(ref reader, json);
        }

        json.WriteEndObject();
    }

    private void RefuseUnknown(JsonElement value, FieldPath path)
    {
        HashSet<string> seen = [];
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (Fields.All(f => f.Name != property.Name))
                throw new SchemaException(path.Field(property.Name), $"there is no such field; there are {Names}.");
            if (!seen.Add(property.Name))
                throw new SchemaException(path.Field(property.Name), "it is given twice.");
        }
    }
}
