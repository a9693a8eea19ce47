namespace Libvirt;

/// <summary>The ways to authenticate that <c>sshauth</c> names, in libvirt's words and in the ssh client's.</summary>
internal static class SshAuthentication
{
    private const string KeyOfAgent = "agent";
    private const string KeyInFile = "privkey";

    private static readonly Dictionary<string, string> Methods = new(StringComparer.OrdinalIgnoreCase)
    {
        [KeyOfAgent] = "publickey",
        [KeyInFile] = "publickey",
        ["password"] = "password",
        ["keyboard-interactive"] = "keyboard-interactive",
    };

    /// <summary>Reads a list with commas between its words.</summary>
    public static IReadOnlyList<string> Parse(string value)
    {
        string[] ways = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (ways.Length == 0)
            throw new FormatException($"names no way to authenticate; it can have {string.Join(", ", Methods.Keys)}");
        return ways.FirstOrDefault(way => !Methods.ContainsKey(way)) is { } unknown
            ? throw new FormatException($"has '{unknown}'; it can have {string.Join(", ", Methods.Keys)}")
            : ways;
    }

    /// <summary>
    /// ssh's options for these ways; none for its own choice. To ssh a key is a key; where the agent's alone or those in files alone are meant, it is
    /// kept from the others.
    /// </summary>
    public static string[] Options(IReadOnlyList<string> ways, string? keyFile)
    {
        if (ways.Count == 0)
            return keyFile is null ? [] : ["-i", keyFile];
        bool files = ways.Contains(KeyInFile, StringComparer.OrdinalIgnoreCase);
        bool agent = ways.Contains(KeyOfAgent, StringComparer.OrdinalIgnoreCase);
        string[] keys = files && keyFile is not null ? ["-i", keyFile] : files ? [] : ["-o", "IdentityFile=none"];
        string[] source = agent ? [] : ["-o", "IdentityAgent=none"];
        return [.. keys, .. source, "-o", $"PreferredAuthentications={string.Join(',', ways.Select(way => Methods[way]).Distinct())}"];
    }
}
