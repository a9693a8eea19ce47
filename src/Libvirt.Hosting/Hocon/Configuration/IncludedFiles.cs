using System.Text;

namespace Libvirt.Hosting.Hocon.Configuration;

/// <summary>Reads files, and remembers which ones and their state, so that a change of any of them can be noticed.</summary>
internal sealed class IncludedFiles
{
    private readonly Dictionary<string, FileStamp> _found = new(StringComparer.Ordinal);
    private int _reads;
    private long _length;

    /// <summary>Every file that was read or looked for.</summary>
    public IReadOnlyCollection<string> Paths => _found.Keys;

    /// <summary>Whether any of them has changed since it was looked for.</summary>
    public bool HaveChanged => _found.Any(static file => FileStamp.Of(file.Key) != file.Value);

    public bool Exists(string path)
    {
        _found.TryAdd(path, FileStamp.Of(path));
        return File.Exists(path);
    }

    /// <summary>The text of a regular file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="position">What to name in an error: the include, or the beginning of the file itself.</param>
    /// <exception cref="HoconException">The file cannot be read, is not a regular file, or exceeds a limit.</exception>
    public string Read(string path, HoconPosition position)
    {
        _found.TryAdd(path, FileStamp.Of(path));
        if (++_reads > HoconLimits.MaxIncludes)
            throw new HoconException(position, $"more than {HoconLimits.MaxIncludes} files are included");
        try
        {
            using FileStream file = RegularFile.Open(path);
            _length += file.Length;
            if (_length > HoconLimits.MaxTextLength)
                throw new HoconException(position, $"'{path}' is too large: a configuration may have {HoconLimits.MaxTextLength} bytes, with all that it includes");
            byte[] content = new byte[file.Length];
            int read = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            using StreamReader reader = new(new MemoryStream(content, 0, read), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new HoconException(position, $"'{path}' cannot be read: {exception.Message}", exception);
        }
    }
}
