using System.Globalization;
using System.Text.RegularExpressions;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Libvirt.Hosting.Hocon.Configuration;

namespace Libvirt.Hosting.Hocon.Text;

/// <summary>Parses a text, and the files that it includes, with Akka's HOCON parser.</summary>
internal sealed partial class HoconLoader(IncludedFiles files, ReferenceTable references)
{
    /// <param name="scope">The text.</param>
    /// <param name="directory">Where relative includes start; null refuses them.</param>
    /// <param name="includedBy">The files that lead to this one, the last one first; empty for a text that is not a file.</param>
    /// <exception cref="HoconException">The text, or one that it includes, cannot be used.</exception>
    public HoconValue Load(HoconScope scope, string? directory, IReadOnlyList<string> includedBy)
    {
        string prepared = HoconScanner.Scan(scope, references);
        try
        {
            HoconValue root = ConfigurationFactory.ParseString(prepared, name => new HoconRoot(Include(name, scope, directory, includedBy))).Root;
            scope.Root = root.GetObject();
            return root;
        }
        catch (Exception exception) when (exception is not HoconException)
        {
            // The parser throws plain exceptions as well. Its messages quote the text, which may hold a password, so that they are not passed on.
            throw new HoconException(HoconPosition.At(scope.Source, prepared, IndexOf(exception)), "the text is not valid HOCON");
        }
    }

    // A file that is missing has no settings.
    private HoconValue Include(string name, HoconScope scope, string? directory, IReadOnlyList<string> includedBy)
    {
        HoconPosition position = PositionOf(name, scope);
        string path = Resolve(name, position, directory);
        string? file = new[] { path, path + ".conf" }.FirstOrDefault(files.Exists);
        if (file is null)
            return Empty();
        if (includedBy.Contains(file))
            throw new HoconException(position, $"the file includes itself: {string.Join(" -> ", [.. includedBy.Reverse(), file])}");
        if (includedBy.Count >= HoconLimits.MaxIncludeDepth)
            throw new HoconException(position, $"more than {HoconLimits.MaxIncludeDepth} files include one another in a row");
        return Load(new HoconScope(file, files.Read(file, position)), Path.GetDirectoryName(file), [file, .. includedBy]);
    }

    private static string Resolve(string name, HoconPosition position, string? directory)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
            throw new HoconException(position, "the included file has no usable name");
        if (Path.IsPathFullyQualified(name))
            return Path.GetFullPath(name);
        if (directory is null)
            throw new HoconException(position, $"'{name}' is relative, and this text has no directory; pass one or use an absolute path");
        return Path.GetFullPath(name, directory);
    }

    // The parser does not say where the include is.
    private static HoconPosition PositionOf(string name, HoconScope scope)
    {
        Match include = Regex.Match(scope.Text, $"include[ \t]+\"{Regex.Escape(name)}\"");
        return scope.At(include.Success ? include.Index : 0);
    }

    private static int IndexOf(Exception exception) =>
        Position().Match(exception.Message) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;

    private static HoconValue Empty()
    {
        HoconValue empty = new();
        empty.AppendValue(new HoconObject());
        return empty;
    }

    [GeneratedRegex(@"\AUnknown token at position ([0-9]{1,9})")]
    private static partial Regex Position();
}
