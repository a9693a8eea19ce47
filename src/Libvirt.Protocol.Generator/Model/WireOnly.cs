using System.Text.Json.Nodes;

namespace Libvirt.Protocol.Generator.Model;

/// <summary>The calls that the object model leaves to the wire level, each with its reason, from the hand-written <c>wire-only.json</c>.</summary>
public sealed class WireOnly
{
    /// <summary>The file's name beside the model.</summary>
    public const string FileName = "wire-only.json";

    private WireOnly(IReadOnlyDictionary<string, string> programs, IReadOnlyDictionary<string, string> procedures, IReadOnlyList<string> byHand)
    {
        Programs = programs;
        Procedures = procedures;
        ByHand = byHand;
    }

    /// <summary>Programs that are left out as a whole, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Programs { get; }

    /// <summary>Procedures that are left out, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Procedures { get; }

    /// <summary>Procedures whose methods are written by hand.</summary>
    public IReadOnlyList<string> ByHand { get; }

    /// <summary>Reads the list from the model's folder.</summary>
    public static WireOnly Load(string folder)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, FileName)))!;
        Dictionary<string, string> procedures = [];
        foreach (JsonNode? group in root["procedures"]!.AsArray())
        {
            foreach (JsonNode? name in group!["names"]!.AsArray())
                procedures.Add((string)name!, (string)group["reason"]!);
        }

        return new WireOnly(
            root["programs"]!.AsObject().ToDictionary(p => p.Key, p => (string)p.Value!),
            procedures,
            [.. root["byHand"]!.AsArray().Select(n => (string)n!)]);
    }
}
