using System.Collections.Concurrent;
using Akka.Configuration;

namespace Libvirt.TestKit;

/// <summary>
/// Connects the text of a configuration with a clock: Akka constructs a scheduler from HOCON alone, so the scheduler finds its clock by an
/// id. A clock is held until the first scheduler has found it; from then on the entry is weak, so a discarded system leaves nothing behind.
/// </summary>
internal static class ClockRegistry
{
    /// <summary>The HOCON path of the id.</summary>
    public const string Path = "akka.scheduler.libvirt-clock";

    private static readonly ConcurrentDictionary<string, Entry> Clocks = new(StringComparer.Ordinal);

    /// <summary>Registers the clock for one or more systems and returns the id to configure.</summary>
    public static string Register(VirtualTimeProvider time)
    {
        foreach ((string dead, Entry entry) in Clocks)
        {
            if (entry is { UntilFound: null } && !entry.Clock.TryGetTarget(out _))
                Clocks.TryRemove(dead, out _);
        }

        string id = Guid.NewGuid().ToString("N");
        Clocks[id] = new Entry(new WeakReference<VirtualTimeProvider>(time)) { UntilFound = time };
        return id;
    }

    /// <summary>Returns the clock that the configuration names.</summary>
    /// <exception cref="ConfigurationException">The configuration names no clock, or the clock no longer exists.</exception>
    public static VirtualTimeProvider Find(Config config)
    {
        string? id = config.GetString(Path, null);
        if (id is null || !Clocks.TryGetValue(id, out Entry? entry) || !entry.Clock.TryGetTarget(out VirtualTimeProvider? time))
        {
            throw new ConfigurationException(
                $"'{Path}' does not name a virtual clock. Create the actor system with the configuration that VirtualTime.Config returns.");
        }

        entry.UntilFound = null;
        return time;
    }

    private sealed class Entry(WeakReference<VirtualTimeProvider> clock)
    {
        public WeakReference<VirtualTimeProvider> Clock { get; } = clock;

        public VirtualTimeProvider? UntilFound { get; set; }
    }
}
