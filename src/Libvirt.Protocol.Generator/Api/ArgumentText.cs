using System.Text.RegularExpressions;

namespace Libvirt.Protocol.Generator.Api;

/// <summary>Finds the facts in the sentence that libvirt writes of an argument.</summary>
internal static partial class ArgumentText
{
    private static readonly string[] UnusedMarks =
        ["not used", "unused", "always pass 0", "always 0", "set to 0", "use 0 for now", "must be 0", "should be 0", "pass 0"];

    /// <summary>The first enum that the sentence names; the typed-parameter flags that may follow go without saying.</summary>
    public static string? FindEnum(string text, IReadOnlySet<string> enums) =>
        TypeName().Matches(text).Select(m => m.Value).FirstOrDefault(enums.Contains);

    /// <summary>Whether the sentence reserves the argument.</summary>
    public static bool SaysUnused(string text) => UnusedMarks.Any(m => text.Contains(m, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\bvir[A-Z]\w+")]
    private static partial Regex TypeName();
}
