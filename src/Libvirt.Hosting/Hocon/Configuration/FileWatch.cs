using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Libvirt.Hosting.Hocon.Configuration;

/// <summary>Calls back shortly after any of some files has been changed, created or deleted.</summary>
internal sealed class FileWatch : IDisposable
{
    // Editors write a file in several steps: the states in between are not worth reading.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);

    private readonly List<IDisposable> _watched = [];
    private readonly Timer _timer;

    public FileWatch(IReadOnlyCollection<string> paths, Action changed)
    {
        _timer = new Timer(_ => changed());
        foreach (IGrouping<string, string> directory in paths.GroupBy(static path => Path.GetDirectoryName(path)!, StringComparer.Ordinal))
        {
            if (!Directory.Exists(directory.Key))
                continue;
            PhysicalFileProvider provider = new(directory.Key, Microsoft.Extensions.FileProviders.Physical.ExclusionFilters.None);
            _watched.Add(provider);
            foreach (string path in directory)
                _watched.Add(ChangeToken.OnChange(() => provider.Watch(Path.GetFileName(path)), Report));
        }
    }

    /// <summary>Calls back as if one of the files had changed now.</summary>
    public void Report() => _timer.Change(Settle, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        // The registrations first: a disposed provider creates no more tokens.
        for (int i = _watched.Count - 1; i >= 0; i--)
            _watched[i].Dispose();
        _timer.Dispose();
    }
}
