namespace Libvirt.Simulator;

/// <summary>What a scenario's timeline can do to hosts and guests.</summary>
internal static class Timeline
{
    private static readonly Dictionary<string, Action<SimulatedHost, TimelineEntry>> ToHosts = new()
    {
        ["crash-daemon"] = (host, entry) => host.CrashDaemon(entry.For),
        ["crash-machine"] = (host, entry) => host.CrashMachine(entry.For),
        ["recover"] = (host, _) => host.Recover(),
        ["drop-clients"] = (host, _) => host.DropClients(),
        ["freeze-clients"] = (host, entry) => host.FreezeClients(entry.For),
        ["event-storm"] = (host, entry) => host.EmitStorm(entry.Events ?? 1000),
    };

    private static readonly Dictionary<string, Action<SimulatedDomain>> ToGuests = new()
    {
        ["start"] = domain => domain.Start(),
        ["shutdown"] = domain => domain.Shutdown(),
        ["reboot"] = domain => domain.Reboot(),
        ["reset"] = domain => domain.Reset(),
        ["suspend"] = domain => domain.Suspend(),
        ["resume"] = domain => domain.Resume(),
        ["destroy"] = domain => domain.Destroy(),
        ["crash"] = domain => domain.Crash(),
    };

    /// <summary>What puts an entry on a simulator's clock.</summary>
    /// <exception cref="ScenarioException">The entry makes no sense.</exception>
    public static Action<HypervisorSimulator> Compile(TimelineEntry entry, IReadOnlySet<string> hosts)
    {
        if (entry.At is null == entry.Every is null || entry.Every <= TimeSpan.Zero)
            throw new ScenarioException("it needs 'at', or 'every' with a time that passes.");
        if (entry.Host is not null && !hosts.Contains(entry.Host))
            throw new ScenarioException($"there is no host '{entry.Host}'.");
        Action<SimulatedHost> act = Act(entry);
        return simulator =>
        {
            if (entry.At is { } once)
                simulator.Script.After(once, Run);
            else
                simulator.Script.Every(entry.Every!.Value, Run);
        };

        void Run(HypervisorSimulator simulator)
        {
            foreach (SimulatedHost host in simulator.Hosts.Where(host => entry.Host is null || host.Name == entry.Host))
                act(host);
        }
    }

    private static Action<SimulatedHost> Act(TimelineEntry entry)
    {
        if (ToHosts.TryGetValue(entry.Do, out Action<SimulatedHost, TimelineEntry>? toHost))
        {
            return entry.Domain is null
                ? host => toHost(host, entry)
                : throw new ScenarioException($"'{entry.Do}' is done to a host and takes no 'domain'.");
        }

        if (!ToGuests.TryGetValue(entry.Do, out Action<SimulatedDomain>? toGuest))
            throw new ScenarioException($"'do' is none of {string.Join(", ", ToHosts.Keys.Concat(ToGuests.Keys))}, but '{entry.Do}'.");
        return host =>
        {
            foreach (SimulatedDomain domain in host.Domains.All.Where(domain => entry.Domain is null || domain.Name == entry.Domain))
                Try(domain, toGuest);
        };
    }

    // Nobody is there to hear that a guest was off already: what cannot be done is left.
    private static void Try(SimulatedDomain domain, Action<SimulatedDomain> act)
    {
        try
        {
            act(domain);
        }
        catch (SimulatedFailureException)
        {
        }
    }
}
