namespace Libvirt.Testing;

/// <summary>Paths in a directory that goes when this process does, however it ends.</summary>
public static class Scratch
{
    private static readonly Lazy<Reaper> Home = new(Reaper.Create);
    private static int _next;

    /// <summary>A path that nobody else uses; nothing lies there yet.</summary>
    /// <param name="name">How the path ends, for example <c>capture.pcap</c>.</param>
    public static string NewPath(string name) => Path.Combine(Home.Value.Directory, $"{Interlocked.Increment(ref _next)}-{name}");

    /// <summary>A new empty directory.</summary>
    public static string NewDirectory(string name) => Directory.CreateDirectory(NewPath(name)).FullName;
}
