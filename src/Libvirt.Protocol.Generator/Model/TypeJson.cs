using System.Text.Json.Nodes;

namespace Libvirt.Protocol.Generator.Model;

/// <summary>A defined type as JSON: the key that holds its name says what it is.</summary>
internal static class TypeJson
{
    public static JsonNode Write(ModelType type) => type switch
    {
        ModelTypedef t => new JsonObject { ["typedef"] = t.Name, ["is"] = t.Type },
        ModelEnum e => new JsonObject { ["enum"] = e.Name, ["members"] = Members(e.Members.Select(m => (m.Name, (JsonNode)m.Value))) },
        ModelStruct s => new JsonObject { ["struct"] = s.Name, ["fields"] = Members(s.Fields.Select(f => (f.Name, (JsonNode)f.Type))) },
        ModelUnion u => new JsonObject
        {
            ["union"] = u.Name,
            ["by"] = new JsonObject { [u.Discriminant.Name] = u.Discriminant.Type },
            ["cases"] = Members(u.Arms.Select(a => (a.Case, (JsonNode)Arm(a.Field)))),
        },
        _ => throw new InvalidOperationException($"{type.Name} is of no known kind."),
    };

    public static ModelType Read(JsonNode node)
    {
        if (node["typedef"] is JsonNode typedef)
            return new ModelTypedef((string)typedef!, (string)node["is"]!);
        if (node["enum"] is JsonNode name)
            return new ModelEnum((string)name!, [.. node["members"]!.AsObject().Select(m => new ModelEnumMember(m.Key, (int)m.Value!))]);
        if (node["union"] is JsonNode union)
        {
            return new ModelUnion(
                (string)union!,
                Fields(node["by"]!)[0],
                [.. node["cases"]!.AsObject().Select(c => new ModelArm(c.Key, Fields(c.Value!).FirstOrDefault()))]);
        }

        return new ModelStruct((string)node["struct"]!, Fields(node["fields"]!));
    }

    private static JsonObject Arm(ModelField? field) => field is null ? [] : new JsonObject { [field.Name] = field.Type };

    private static JsonObject Members(IEnumerable<(string Name, JsonNode Value)> members)
    {
        JsonObject json = [];
        foreach ((string name, JsonNode value) in members)
            json.Add(name, value);
        return json;
    }

    private static List<ModelField> Fields(JsonNode node) => [.. node.AsObject().Select(f => new ModelField(f.Key, (string)f.Value!))];
}
