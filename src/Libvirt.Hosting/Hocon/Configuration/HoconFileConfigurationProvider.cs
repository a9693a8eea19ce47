using Microsoft.Extensions.Configuration;

namespace Libvirt.Hosting.Hocon.Configuration;

/// <summary>
/// Loads a HOCON file and, where that is configured, loads it again when it or a file it includes has changed. A change that cannot be used is reported
/// and leaves the settings as they were.
/// </summary>
internal sealed class HoconFileConfigurationProvider(HoconFileConfigurationSource source, string path) : ConfigurationProvider, IDisposable
{
    private readonly Lock _lock = new();
    private FileWatch? _watch;
    private bool _disposed;

    public override void Load()
    {
        lock (_lock)
            LoadNow();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _watch?.Dispose();
            _watch = null;
        }
    }

    public override string ToString() => $"HOCON {path}";

    private void LoadNow()
    {
        IncludedFiles files = new();
        try
        {
            Data = Read(files);
        }
        finally
        {
            if (source.ReloadOnChange && !_disposed)
                Watch(files);
        }
    }

    private Dictionary<string, string?> Read(IncludedFiles files)
    {
        if (source.Optional && !files.Exists(path))
            return new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (!files.Exists(path))
            throw new FileNotFoundException($"The configuration file '{path}' does not exist.", path);
        return HoconFlattener.LoadFile(path, files.Read(path, new HoconPosition(path, 1, 1)), files);
    }

    private void Watch(IncludedFiles files)
    {
        FileWatch? previous = _watch;
        _watch = new FileWatch(files.Paths, Reload);
        previous?.Dispose();
        // The files are known only after they have been read: a change in the meantime was seen by no watch, or by the previous one.
        if (files.HaveChanged)
            _watch.Report();
    }

    private void Reload()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            try
            {
                LoadNow();
            }
            catch (Exception exception) when (exception is HoconException or IOException or UnauthorizedAccessException)
            {
                source.OnReloadError?.Invoke(exception);
                return;
            }
        }

        OnReload();
    }
}
