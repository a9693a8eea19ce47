namespace Libvirt;

/// <summary>The ways to authenticate that <c>sshauth</c> names, in libvirt's words and in the ssh client's.</summary>
internal static class SshAuthentication
{
    private static readonly Dictionary<string, string> Methods = new(StringComparer.OrdinalIgnoreCase)
    {
        ["agent"] = "publickey",
        ["privkey"] = "publickey",
        ["password"] = "password",
        ["keyboard-interactive"] = "keyboard-interactive",
    };

    /// <summary>Reads a list with commas between its words.</summary>
    public static IReadOnlyList<string> Parse(string value)
    {
        string[] ways = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ways.FirstOrDefault(way => !Methods.ContainsKey(way)) is { } unknown
            ? throw new FormatException($"has '{unknown}'; it can have {string.Join(", ", Methods.Keys)}")
            : ways;
    }

    /// <summary>The value of ssh's option <c>PreferredAuthentications</c>.</summary>
    public static string PreferredAuthentications(IEnumerable<string> ways) => string.Join(',', ways.Select(way => Methods[way]).Distinct());
}
