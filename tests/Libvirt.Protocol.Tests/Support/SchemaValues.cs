using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Libvirt.Protocol.Schema;

namespace Libvirt.Protocol.Tests;

/// <summary>Generators of JSON values for the types of the protocol.</summary>
internal static class SchemaValues
{
    private static readonly Gen<string> Letter = Gen.Elements("abcXYZ019-_/é漢😀".EnumerateRunes().Select(rune => rune.ToString()));

    public static Gen<JsonElement> Of(SchemaType type) => Node(type).Select(node => JsonSerializer.SerializeToElement(node));

    private static Gen<JsonNode?> Node(SchemaType type) => type switch
    {
        IntegerSchema t => Integer(t),
        BooleanSchema => Gen.Elements(false, true).Select(value => (JsonNode?)value),
        DoubleSchema => ArbMap.Default.GeneratorFor<NormalFloat>().Select(value => (JsonNode?)value.Item),
        StringSchema t => Text(t.Limit),
        CharsSchema t => Text(t.Limit),
        OpaqueSchema t => Bytes(t.IsFixed ? t.Limit : 0, Math.Min(t.Limit, t.IsFixed ? t.Limit : 30)).Select(bytes => (JsonNode?)Convert.ToBase64String(bytes)),
        UuidSchema => Bytes(16, 16).Select(bytes => (JsonNode?)new Guid(bytes).ToString()),
        EnumSchema t => Gen.Elements<string>(t.Members.Keys).Select(name => (JsonNode?)name),
        OptionalSchema t => Gen.Frequency((1, Gen.Constant<JsonNode?>(null)), (2, Node(t.Value))),
        ArraySchema t => ListOf(Node(t.Element), 0, Math.Min(t.Limit, 4)).Select(items => (JsonNode?)new JsonArray([.. items])),
        StructSchema t => Gen.CollectToList(t.Fields, field => Field(field.Name, Node(field.Type))).Select(fields => (JsonNode?)new JsonObject(fields)),
        UnionSchema t => Gen.OneOf(t.Cases.Select(chosen => Union(t, chosen))),
        _ => throw new NotSupportedException(type.Name),
    };

    private static Gen<JsonNode?> Union(UnionSchema type, UnionCase chosen)
    {
        // The generated type takes a boolean for what the wire calls an int: only these two come back as they went.
        Gen<JsonNode?> value = chosen.Name == "boolean" ? Gen.Choose(0, 1).Select(number => (JsonNode?)number) : Node(chosen.Field.Type);
        return value.Select(node => (JsonNode?)new JsonObject { [type.Discriminant] = chosen.Name, [chosen.Field.Name] = node });
    }

    private static Gen<KeyValuePair<string, JsonNode?>> Field(string name, Gen<JsonNode?> value) => value.Select(node => KeyValuePair.Create(name, node));

    private static Gen<JsonNode?> Integer(IntegerSchema type)
    {
        Gen<Int128> anywhere = ArbMap.Default.GeneratorFor<DoNotSize<ulong>>().Select(value => type.Minimum + ((Int128)value.Item % (type.Maximum - type.Minimum + 1)));
        return Gen.OneOf(Gen.Constant(type.Minimum), Gen.Constant(type.Maximum), anywhere, anywhere)
            .Select(value => (JsonNode?)(value > long.MaxValue ? JsonValue.Create((ulong)value) : JsonValue.Create((long)value)));
    }

    // A letter takes up to four bytes of the limit.
    private static Gen<JsonNode?> Text(int limit) => ListOf(Letter, 0, Math.Min(limit, 40) / 4).Select(letters => (JsonNode?)string.Concat(letters));

    private static Gen<byte[]> Bytes(int least, int most) => ListOf(ArbMap.Default.GeneratorFor<byte>(), least, most).Select(bytes => bytes.ToArray());

    private static Gen<List<T>> ListOf<T>(Gen<T> item, int least, int most) => Gen.Choose(least, most).SelectMany(count => item.ListOf(count));
}
