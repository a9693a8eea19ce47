using Libvirt.Hosting.Hocon.Parsing;
using Microsoft.Extensions.Configuration;

namespace Libvirt.Hosting.Hocon.Configuration;

/// <summary>
/// Loads a HOCON file and, where asked for, loads it again when it or a file it includes has changed. A change that cannot be used leaves
/// everything as it was.
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
        return HoconFlattener.Load(files.Read(path, new HoconPosition(path, 1, 1)), IncludeScope.ForFile(path, files));
    }

    private void Watch(IncludedFiles files)
    {
        FileWatch? previous = _watch;
        _watch = new FileWatch(files.Paths, Reload);
        previous?.Dispose();
        // Which files there are, only their reading tells: what changed meanwhile was seen by nobody, or by the watch that has just gone.
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
