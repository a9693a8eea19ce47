namespace Libvirt.Hosting.Hocon.Parsing;

/// <summary>Looks for files and reads them, and remembers which and as what, so that a change of any of them can be noticed.</summary>
internal sealed class IncludedFiles
{
    private readonly Dictionary<string, FileStamp> _found = new(StringComparer.Ordinal);
    private int _reads;

    /// <summary>Every file that was read or looked for.</summary>
    public IReadOnlyCollection<string> Paths => _found.Keys;

    /// <summary>Whether any of them is not any longer what it was when it was looked for.</summary>
    public bool HaveChanged => _found.Any(static file => FileStamp.Of(file.Key) != file.Value);

    public bool Exists(string path)
    {
        _found.TryAdd(path, FileStamp.Of(path));
        return File.Exists(path);
    }

    public string Read(string path, HoconPosition position)
    {
        _found.TryAdd(path, FileStamp.Of(path));
        if (++_reads > HoconLimits.MaxIncludes)
            throw new HoconException(position, $"more than {HoconLimits.MaxIncludes} files are included");
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new HoconException(position, $"'{path}' cannot be read: {exception.Message}", exception);
        }
    }
}
