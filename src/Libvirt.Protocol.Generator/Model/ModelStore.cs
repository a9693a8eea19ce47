using System.Text.Json.Nodes;

namespace Libvirt.Protocol.Generator.Model;

/// <summary>Reads and writes the checked-in model: <c>protocol.json</c> and <c>api.json</c>.</summary>
public static class ModelStore
{
    /// <summary>The file of the wire: constants, types and programs.</summary>
    public const string ProtocolFile = "protocol.json";

    /// <summary>The file of the C API: enums and functions.</summary>
    public const string ApiFile = "api.json";

    /// <summary>Reads the model from <paramref name="folder"/>.</summary>
    public static ProtocolModel Load(string folder)
    {
        JsonNode protocol = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, ProtocolFile)))!;
        JsonNode api = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, ApiFile)))!;
        return new ProtocolModel
        {
            Release = (string)protocol["libvirt"]!,
            Constants = [.. protocol["constants"]!.AsObject().Select(c => KeyValuePair.Create(c.Key, (long)c.Value!))],
            Types = [.. protocol["types"]!.AsArray().Select(t => TypeJson.Read(t!))],
            Programs = [.. protocol["programs"]!.AsArray().Select(p => ProgramJson.Read(p!))],
            Enums = [.. api["enums"]!.AsArray().Select(e => ApiJson.ReadEnum(e!))],
            Functions = [.. api["functions"]!.AsArray().Select(f => ApiJson.ReadFunction(f!))],
        };
    }

    /// <summary>The texts of the model's files, by name.</summary>
    public static IReadOnlyDictionary<string, string> Write(ProtocolModel model) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        [ProtocolFile] = WriteProtocol(model),
        [ApiFile] = WriteApi(model),
    };

    private static string WriteProtocol(ProtocolModel model)
    {
        LineJson json = new();
        json.Value("libvirt", model.Release);
        json.Members("constants", model.Constants.Select(c => (c.Key, (JsonNode)c.Value)));
        json.Items("types", model.Types.Select(TypeJson.Write));
        json.Raw("programs", [.. model.Programs.Select(ProgramJson.Write)]);
        return json.ToString();
    }

    private static string WriteApi(ProtocolModel model)
    {
        LineJson json = new();
        json.Value("libvirt", model.Release);
        json.Items("enums", model.Enums.Select(ApiJson.WriteEnum));
        json.Items("functions", model.Functions.Select(ApiJson.WriteFunction));
        return json.ToString();
    }
}
