using System.Diagnostics;

namespace Libvirt.Kill.Measuring;

/// <summary>What this process holds.</summary>
/// <param name="Actors">Actors that have not ended.</param>
/// <param name="Sockets">Open sockets.</param>
/// <param name="Files">Open descriptors of any kind.</param>
/// <param name="Threads">Threads, those of the .NET runtime included.</param>
/// <param name="ManagedBytes">Objects that survive a full collection.</param>
internal sealed record Resources(long Actors, int Sockets, int Files, int Threads, long ManagedBytes)
{
    // Files: the .NET runtime opens some when it needs them. Threads: the pool keeps what it last needed for a while. Memory: pools of buffers.
    private const int MoreFiles = 4;
    private const int MoreThreads = 8;
    private const long MoreManagedBytes = 4 << 20;

    public static Resources Read(LibvirtRuntime runtime)
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        GCMemoryInfo memory = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        string?[] descriptors = [.. Directory.GetFiles("/proc/self/fd").Select(TargetOf)];
        using Process self = Process.GetCurrentProcess();
        return new Resources(
            LivingActors.Count(runtime),
            descriptors.Count(target => target?.StartsWith("socket:", StringComparison.Ordinal) == true),
            descriptors.Length,
            self.Threads.Count,
            memory.HeapSizeBytes - memory.FragmentedBytes);
    }

    /// <summary>What has not returned to the level of <paramref name="before"/>, described; nothing when everything has.</summary>
    public IEnumerable<string> Beyond(Resources before)
    {
        if (Actors != before.Actors)
            yield return $"there are {Actors} actors instead of {before.Actors}";
        if (Sockets != before.Sockets)
            yield return $"there are {Sockets} sockets instead of {before.Sockets}";
        if (Files > before.Files + MoreFiles)
            yield return $"there are {Files} open descriptors instead of {before.Files}";
        if (Threads > before.Threads + MoreThreads)
            yield return $"there are {Threads} threads instead of {before.Threads}";
        if (ManagedBytes > before.ManagedBytes + MoreManagedBytes)
            yield return $"{ManagedBytes:#,0} bytes of managed memory are in use instead of {before.ManagedBytes:#,0}";
    }

    private static string? TargetOf(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.Name;
        }
        catch (IOException)
        {
            // The descriptor of the listing itself is closed by now.
            return null;
        }
    }
}
