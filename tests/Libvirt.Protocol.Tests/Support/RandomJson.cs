using System.Text.Json;
using System.Text.Json.Nodes;
using Libvirt.Protocol.Schema;

namespace Libvirt.Protocol.Tests;

/// <summary>Values for a type of the protocol, drawn from a seeded generator.</summary>
internal static class RandomJson
{
    private const string Letters = "abcXYZ019-_/é漢😀";

    public static JsonElement Create(SchemaType type, Random random) => JsonSerializer.SerializeToElement(Node(type, random));

    private static JsonNode? Node(SchemaType type, Random random) => type switch
    {
        IntegerSchema t => Integer(t, random),
        BooleanSchema => random.Next(2) == 0,
        DoubleSchema => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 20)),
        StringSchema t => Text(Math.Min(t.Limit, 40), random),
        CharsSchema t => Text(Math.Min(t.Limit, 40), random),
        OpaqueSchema t => Convert.ToBase64String(Bytes(t.IsFixed ? t.Limit : random.Next(0, Math.Min(t.Limit, 30)), random)),
        UuidSchema => new Guid(Bytes(16, random)).ToString(),
        EnumSchema t => t.Members.Keys.ElementAt(random.Next(t.Members.Count)),
        OptionalSchema t => random.Next(3) == 0 ? null : Node(t.Value, random),
        ArraySchema t => new JsonArray([.. Enumerable.Range(0, random.Next(0, Math.Min(t.Limit, 4) + 1)).Select(_ => Node(t.Element, random))]),
        StructSchema t => new JsonObject(t.Fields.Select(f => KeyValuePair.Create(f.Name, Node(f.Type, random)))),
        UnionSchema t => Union(t, random),
        _ => throw new NotSupportedException(type.Name),
    };

    private static JsonObject Union(UnionSchema type, Random random)
    {
        UnionCase chosen = type.Cases[random.Next(type.Cases.Count)];
        // The generated type takes a boolean for what the wire calls an int: only these two come back as they went.
        JsonNode? value = chosen.Name == "boolean" ? random.Next(2) : Node(chosen.Field.Type, random);
        return new JsonObject { [type.Discriminant] = chosen.Name, [chosen.Field.Name] = value };
    }

    private static JsonValue Integer(IntegerSchema type, Random random) => random.Next(4) switch
    {
        0 => Number(type.Minimum),
        1 => Number(type.Maximum),
        _ => Number(type.Minimum + (Int128)(random.NextDouble() * (double)(type.Maximum - type.Minimum) * 0.99)),
    };

    private static JsonValue Number(Int128 value) => value > long.MaxValue ? JsonValue.Create((ulong)value) : JsonValue.Create((long)value);

    private static string Text(int limit, Random random)
    {
        string[] runes = [.. Letters.EnumerateRunes().Select(r => r.ToString())];
        return string.Concat(Enumerable.Range(0, random.Next(0, (limit / 4) + 1)).Select(_ => runes[random.Next(runes.Length)]));
    }

    private static byte[] Bytes(int count, Random random)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
