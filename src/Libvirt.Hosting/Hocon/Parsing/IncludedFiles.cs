namespace Libvirt.Hosting.Hocon.Parsing;

/// <summary>Reads files and remembers which, so that a change of any of them can be noticed.</summary>
internal sealed class IncludedFiles
{
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private int _reads;

    /// <summary>Every file that was read or looked for.</summary>
    public IReadOnlyCollection<string> Paths => _paths;

    public bool Exists(string path) => File.Exists(path);

    public void Missing(string path) => _paths.Add(path);

    public string Read(string path, HoconPosition position)
    {
        _paths.Add(path);
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
