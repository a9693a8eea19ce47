using System.Text.Json.Nodes;

namespace Libvirt.Protocol.Generator.Model;

/// <summary>One sentence on each C function, from the hand-written <c>summaries.json</c>.</summary>
public sealed class Summaries
{
    /// <summary>The file's name beside the model.</summary>
    public const string FileName = "summaries.json";

    private readonly Dictionary<string, string> _sentences;

    private Summaries(Dictionary<string, string> sentences)
    {
        _sentences = sentences;
    }

    /// <summary>Reads the sentences from the model's folder; none when the file is missing.</summary>
    public static Summaries Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return new Summaries(File.Exists(path)
            ? JsonNode.Parse(File.ReadAllText(path))!.AsObject().ToDictionary(s => s.Key, s => (string)s.Value!)
            : []);
    }

    /// <summary>The sentence for documentation comments; a plain one that only names the function where nobody wrote one.</summary>
    public string Of(string function) =>
        _sentences.TryGetValue(function, out string? sentence) ? Escape(sentence) : $"Calls <c>{function}</c>.";

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
