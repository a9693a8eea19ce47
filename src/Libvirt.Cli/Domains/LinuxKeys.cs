using System.Globalization;

namespace Libvirt.Cli.Domains;

/// <summary>The names of keys in the set <c>linux</c>.</summary>
internal static class LinuxKeys
{
    private static readonly Lazy<Dictionary<string, uint>> Codes = new(Read);

    /// <summary>The code of a name such as <c>KEY_LEFTCTRL</c>.</summary>
    public static bool TryFind(string name, out uint code) => Codes.Value.TryGetValue(name, out code);

    private static Dictionary<string, uint> Read()
    {
        using StreamReader text = new(typeof(LinuxKeys).Assembly.GetManifestResourceStream("linux-keys.txt")!);
        Dictionary<string, uint> codes = new(StringComparer.Ordinal);
        while (text.ReadLine() is { } line)
        {
            int blank = line.IndexOf(' ', StringComparison.Ordinal);
            codes.Add(line[..blank], uint.Parse(line.AsSpan(blank + 1), NumberStyles.None, CultureInfo.InvariantCulture));
        }

        return codes;
    }
}
