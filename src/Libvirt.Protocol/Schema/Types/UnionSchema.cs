using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>
/// A union: an object in JSON of its discriminant and the field of that case, such as <c>{"type": "ullong", "ul": 5}</c>. The discriminant may
/// also be given as libvirt's constant or as its number.
/// </summary>
public sealed class UnionSchema : SchemaType
{
    internal UnionSchema(string name, string discriminant, IReadOnlyList<UnionCase> cases)
        : base(name)
    {
        Discriminant = discriminant;
        Cases = cases;
    }

    /// <summary>The name of the field that tells the cases apart.</summary>
    public string Discriminant { get; }

    /// <summary>The cases.</summary>
    public IReadOnlyList<UnionCase> Cases { get; }

    /// <inheritdoc/>
    public override string Json =>
        $"an object with {Discriminant} and the field of that type: {string.Join(", ", Cases.Select(c => $"{c.Name} with {c.Field.Name}"))}";

    internal override int MinimumWireSize => 4 + Cases.Min(c => c.Field.Type.MinimumWireSize);

    internal override void Write(JsonElement value, FieldPath path, ref XdrWriter writer)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Wrong(path);
        FieldPath typePath = path.Field(Discriminant);
        if (!value.TryGetProperty(Discriminant, out JsonElement type))
            throw new SchemaException(typePath, $"it is missing; it must be one of {string.Join(", ", Cases.Select(c => c.Name))}.");
        UnionCase chosen = Cases.FirstOrDefault(c => Is(c, type))
            ?? throw new SchemaException(typePath, $"it must be one of {string.Join(", ", Cases.Select(c => c.Name))}.");
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (property.Name != Discriminant && property.Name != chosen.Field.Name)
                throw new SchemaException(path.Field(property.Name), $"there is no such field; {chosen.Name} has {chosen.Field.Name}.");
        }

        FieldPath fieldPath = path.Field(chosen.Field.Name);
        if (!value.TryGetProperty(chosen.Field.Name, out JsonElement held))
            throw new SchemaException(fieldPath, $"it is missing; it must be {chosen.Field.Type.Json}.");
        if (value.GetPropertyCount() != 2)
            throw new SchemaException(path, "a field is given twice.");
        writer.WriteInt32(chosen.Number);
        chosen.Field.Type.Write(held, fieldPath, ref writer);
    }

    internal override void Read(ref XdrReader reader, Utf8JsonWriter json)
    {
        int number = reader.ReadInt32();
        UnionCase found = Cases.FirstOrDefault(c => c.Number == number) ?? throw new ProtocolException($"{number} is no case of {Name}.");
        json.WriteStartObject();
        json.WriteString(Discriminant, found.Name);
        json.WritePropertyName(found.Field.Name);
        found.Field.Type.Read(ref reader, json);
        json.WriteEndObject();
    }

    private static bool Is(UnionCase candidate, JsonElement type) => type.ValueKind switch
    {
        JsonValueKind.String => JsonText.TryGet(type, out string? name) && (name == candidate.Name || name == candidate.Constant),
        JsonValueKind.Number => type.TryGetInt32(out int number) && number == candidate.Number,
        _ => false,
    };
}
