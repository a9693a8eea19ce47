using System.Globalization;

namespace Libvirt.Simulator;

/// <summary>One host of a scenario.</summary>
internal sealed class HostPlan
{
    private const string Number = "{n}";
    private const int MostHosts = 100_000;
    private const int MiB = 1 << 20;

    private readonly HostEntry _entry;

    private HostPlan(string name, HostEntry entry)
    {
        Name = name;
        _entry = entry;
    }

    public string Name { get; }

    /// <summary>The hosts that the entries mean, each once.</summary>
    /// <exception cref="ScenarioException">A name comes twice, or a number is out of its range.</exception>
    public static IReadOnlyList<HostPlan> Expand(IReadOnlyList<HostEntry> entries)
    {
        HostPlan[] hosts = [.. entries.SelectMany(entry => Names(entry.Name, entry.Count).Select(name => new HostPlan(name, entry)))];
        if (hosts.Length > MostHosts)
            throw new ScenarioException($"There are {hosts.Length} hosts, more than {MostHosts}.");
        if (hosts.GroupBy(host => host.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ScenarioException($"There are two hosts named '{twice.Key}'.");
        foreach (DomainEntry domain in entries.SelectMany(entry => entry.Domains))
        {
            if (domain.Name is null == domain.Xml is null)
                throw new ScenarioException("A domain has either a 'name' or an 'xml'.");
            if (domain.MemoryMiB < 1 || domain.Vcpus < 1 || domain.Xml is not null && domain.Count != 1)
                throw new ScenarioException($"The domain '{domain.Name}' needs memory and CPUs, and one with 'xml' has no 'count'.");
        }

        if (entries.SelectMany(entry => entry.Volumes).FirstOrDefault(volume => volume.CapacityMiB < 0 || volume.ContentMiB < 0) is { } negative)
            throw new ScenarioException($"The volume '{negative.Name}' has a negative size.");
        return hosts;
    }

    public void AddTo(HypervisorSimulator simulator)
    {
        SimulatedHardware usual = new();
        SimulatedHost host = simulator.AddHost(Name, usual with
        {
            CpuModel = _entry.CpuModel ?? usual.CpuModel,
            Sockets = _entry.Sockets ?? usual.Sockets,
            Cores = _entry.Cores ?? usual.Cores,
            Threads = _entry.Threads ?? usual.Threads,
            Mhz = _entry.Mhz ?? usual.Mhz,
            MemoryKiB = _entry.MemoryMiB * 1024 ?? usual.MemoryKiB,
        });
        try
        {
            foreach (DomainEntry domain in _entry.Domains)
                Add(host, domain);
            foreach (VolumeEntry volume in _entry.Volumes)
                Add(host, volume);
        }
        catch (SimulatedFailureException e)
        {
            throw new ScenarioException($"host '{Name}': {e.Message}", e);
        }
    }

    private static void Add(SimulatedHost host, DomainEntry entry)
    {
        if (entry.Xml is not null)
        {
            Finish(host.Domains.Define(entry.Xml), entry);
            return;
        }

        foreach (string name in Names(entry.Name!, entry.Count))
            Finish(host.Domains.Define(name, entry.MemoryMiB, entry.Vcpus, running: false), entry);
    }

    private static void Finish(SimulatedDomain domain, DomainEntry entry)
    {
        GuestBehavior usual = domain.Host.GuestBehavior;
        domain.Behavior = usual with
        {
            ShutdownTime = entry.ShutdownTime ?? usual.ShutdownTime,
            RebootTime = entry.RebootTime ?? usual.RebootTime,
            CpuLoad = entry.CpuLoad ?? usual.CpuLoad,
            IgnoresPowerButton = entry.IgnoresPowerButton,
            HasAgent = entry.Agent,
        };
        domain.Autostart = entry.Autostart;
        if (entry.Running)
            domain.Start();
    }

    private static void Add(SimulatedHost host, VolumeEntry entry)
    {
        SimulatedStoragePool pool = host.StoragePools[entry.Pool];
        // Kept in a folder, from an earlier time.
        if (host.StorageFolder is not null && pool.Find(entry.Name) is not null)
            return;
        SimulatedVolume volume = pool.AddVolume(entry.Name, (long)entry.CapacityMiB * MiB);
        byte[] content = new byte[MiB];
        content.AsSpan().Fill((byte)'v');
        for (int i = 0; i < entry.ContentMiB; i++)
            volume.Write((long)i * MiB, content);
    }

    private static IEnumerable<string> Names(string pattern, int count)
    {
        if (count < 1 || string.IsNullOrWhiteSpace(pattern))
            throw new ScenarioException($"'{pattern}' needs a name, and a 'count' of at least 1.");
        if (count > 1 && !pattern.Contains(Number, StringComparison.Ordinal))
            throw new ScenarioException($"'{pattern}' is to be there {count} times: write {Number} into the name, where the number goes.");
        return Enumerable.Range(1, count).Select(n => pattern.Replace(Number, n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }
}
