using System.Text.Json.Nodes;

namespace Libvirt.Protocol.Generator.Model;

/// <summary>
/// The C API as JSON. An enum's member is its value, or <c>[value, release]</c>; a function's parameter is its C type, or
/// <c>[type, enum]</c>, or <c>[type, "-"]</c> where libvirt reserves it.
/// </summary>
internal static class ApiJson
{
    private const string Unused = "-";

    public static JsonNode WriteEnum(ApiEnum type)
    {
        JsonObject members = [];
        foreach (ApiEnumMember member in type.Members)
            members.Add(member.Name, member.Since is null ? member.Value : new JsonArray(member.Value, member.Since));
        JsonObject json = new() { ["name"] = type.Name };
        if (type.Flags)
            json["flags"] = true;
        json["members"] = members;
        return json;
    }

    public static ApiEnum ReadEnum(JsonNode node) => new(
        (string)node["name"]!,
        (bool?)node["flags"] ?? false,
        [.. node["members"]!.AsObject().Select(m => m.Value is JsonArray pair
            ? new ApiEnumMember(m.Key, (long)pair[0]!, (string)pair[1]!)
            : new ApiEnumMember(m.Key, (long)m.Value!, null))]);

    public static JsonNode WriteFunction(ApiFunction function)
    {
        JsonObject arguments = [];
        foreach (ApiArgument argument in function.Arguments)
        {
            string? second = argument.Unused ? Unused : argument.Enum;
            arguments.Add(argument.Name, second is null ? argument.Type : new JsonArray(argument.Type, second));
        }

        JsonObject json = new() { ["name"] = function.Name };
        if (function.Since is not null)
            json["since"] = function.Since;
        json["returns"] = function.Returns;
        json["args"] = arguments;
        return json;
    }

    public static ApiFunction ReadFunction(JsonNode node) => new()
    {
        Name = (string)node["name"]!,
        Since = (string?)node["since"],
        Returns = (string)node["returns"]!,
        Arguments = [.. node["args"]!.AsObject().Select(a => ReadArgument(a.Key, a.Value!))],
    };

    private static ApiArgument ReadArgument(string name, JsonNode node)
    {
        if (node is not JsonArray pair)
            return new ApiArgument(name, (string)node!, null, false);
        string second = (string)pair[1]!;
        return new ApiArgument(name, (string)pair[0]!, second == Unused ? null : second, second == Unused);
    }
}
