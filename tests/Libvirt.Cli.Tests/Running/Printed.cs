using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Libvirt.Cli.Tests;

/// <summary>Takes values out of what virsh prints and out of results, so that both can be compared as texts.</summary>
internal static class Printed
{
    /// <summary>What stands behind a label and its colon.</summary>
    public static string After(string text, string label) =>
        Regex.Match(text, $@"(?m)^\s*{Regex.Escape(label)}\s*:\s*(.*?)\s*$") is { Success: true } match
            ? match.Groups[1].Value
            : throw new InvalidOperationException($"virsh printed no '{label}':\n{text}");

    /// <summary>The text with one blank in place of each stretch of white space, and none in front of colons, where virt-admin has some.</summary>
    public static string Squeezed(string text) => Regex.Replace(text, @"\s+", " ").Trim().Replace(" :", ":", StringComparison.Ordinal);

    /// <summary>Lines of a name and a value with a colon, an equals sign or a blank between them, sorted.</summary>
    public static string Pairs(string text, string separator = @"\s*[:=]\s*") => Sorted(
        Lines(text).Select(line => Regex.Split(line, separator, RegexOptions.None)).Where(pair => pair.Length == 2).Select(pair => $"{pair[0]}={pair[1]}"));

    /// <summary>The n-th word of each line, sorted.</summary>
    public static string Column(string text, int index) => Sorted(Lines(text).Select(line => Regex.Split(line, @"\s+")[index]));

    /// <summary>Typed parameters as name and value, sorted.</summary>
    public static string Typed(JsonNode? parameters) => Sorted(parameters!.AsArray().Select(
        p => $"{p!["field"]}={p["value"]!.AsObject().Single(member => member.Key != "type").Value}"));

    /// <summary>One field of each element of an array, sorted.</summary>
    public static string Each(JsonNode? array, string field) => Sorted(array!.AsArray().Select(element => $"{element![field]}"));

    /// <summary>The texts of an array, sorted.</summary>
    public static string Each(JsonNode? array) => Sorted(array!.AsArray().Select(element => $"{element}"));

    /// <summary>An int that means a truth, in virsh's words.</summary>
    public static string YesNo(JsonNode? value) => (int)value! == 0 ? "no" : "yes";

    /// <summary>Which processors a bitmap names, as virsh draws it.</summary>
    public static string Bits(byte[] map, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => (map[i / 8] & (1 << (i % 8))) != 0 ? 'y' : '-'));

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Sorted(IEnumerable<string> texts) => string.Join('\n', texts.Order(StringComparer.Ordinal));
}
