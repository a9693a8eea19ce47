using System.Text.Json;
using System.Text.Json.Nodes;
using Libvirt.Protocol.Schema;

namespace Libvirt.Cli.Calling;

/// <summary>Arguments with every field in place, for a person to fill in.</summary>
internal static class Template
{
    private const string NoUuid = "00000000-0000-0000-0000-000000000000";

    /// <summary>The JSON of a procedure's arguments, on one line.</summary>
    public static string Of(StructSchema? type)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text))
            (type is null ? new JsonObject() : Value(type))!.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    private static JsonNode? Value(SchemaType type) => type switch
    {
        StructSchema structure => new JsonObject(structure.Fields.Select(field => KeyValuePair.Create(field.Name, Value(field.Type)))),
        OptionalSchema => null,
        ArraySchema => new JsonArray(),
        StringSchema or CharsSchema or OpaqueSchema => JsonValue.Create(""),
        UuidSchema => JsonValue.Create(NoUuid),
        BooleanSchema => JsonValue.Create(false),
        EnumSchema choice => JsonValue.Create(choice.Members.Keys.First()),
        UnionSchema union => Case(union, union.Cases[0]),
        _ => JsonValue.Create(0),
    };

    private static JsonObject Case(UnionSchema union, UnionCase chosen) => new()
    {
        [union.Discriminant] = chosen.Name,
        [chosen.Field.Name] = Value(chosen.Field.Type),
    };
}
