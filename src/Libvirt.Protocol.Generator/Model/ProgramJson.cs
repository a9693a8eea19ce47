using System.Text.Json.Nodes;

namespace Libvirt.Protocol.Generator.Model;

/// <summary>A program as JSON, one procedure a line; what a procedure has not is left out.</summary>
internal static class ProgramJson
{
    public static string Write(ModelProgram program)
    {
        LineJson json = new();
        json.Value("name", program.Name);
        json.Value("number", program.Number);
        json.Value("version", program.Version);
        json.Items("procedures", program.Procedures.Select(Write));
        return json.ToString().TrimEnd();
    }

    public static ModelProgram Read(JsonNode node) => new(
        (string)node["name"]!,
        (uint)node["number"]!,
        (uint)node["version"]!,
        [.. node["procedures"]!.AsArray().Select(p => ReadProcedure(p!))]);

    private static JsonNode Write(ModelProcedure procedure)
    {
        JsonObject json = new() { ["number"] = procedure.Number, ["name"] = procedure.Name };
        Add(json, "args", procedure.Args);
        Add(json, "ret", procedure.Ret);
        Add(json, "msg", procedure.Msg);
        Add(json, "function", procedure.Function);
        Add(json, "page", procedure.Page);
        Add(json, "since", procedure.Since);
        Add(json, "priority", procedure.HighPriority ? "high" : null);
        Add(json, "stream", procedure.Stream);
        Add(json, "sparse", procedure.Sparse);
        Add(json, "descriptors", procedure.Descriptors);
        Add(json, "acl", procedure.Acl);
        Add(json, "aclfilter", procedure.AclFilter);
        if (procedure.Reading)
            json["reading"] = true;
        return json;
    }

    private static ModelProcedure ReadProcedure(JsonNode node) => new()
    {
        Number = (int)node["number"]!,
        Name = (string)node["name"]!,
        Args = (string?)node["args"],
        Ret = (string?)node["ret"],
        Msg = (string?)node["msg"],
        Function = (string?)node["function"],
        Page = (string?)node["page"],
        Since = (string?)node["since"],
        HighPriority = (string?)node["priority"] == "high",
        Stream = (string?)node["stream"],
        Sparse = (string?)node["sparse"],
        Descriptors = (string?)node["descriptors"],
        Acl = Strings(node["acl"]),
        AclFilter = Strings(node["aclfilter"]),
        Reading = (bool?)node["reading"] ?? false,
    };

    private static void Add(JsonObject json, string name, string? value)
    {
        if (value is not null)
            json[name] = value;
    }

    private static void Add(JsonObject json, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
            json[name] = new JsonArray([.. values.Select(v => (JsonNode?)v)]);
    }

    private static List<string> Strings(JsonNode? node) => node is null ? [] : [.. node.AsArray().Select(v => (string)v!)];
}
