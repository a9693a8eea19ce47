namespace Libvirt.Simulator;

/// <summary>The bulk statistics of one guest.</summary>
internal static class DomainStatsRecord
{
    public static RemoteTypedParam[] Compose(SimulatedDomain domain, DomainStatsTypes wanted)
    {
        List<RemoteTypedParam> list = [];
        GuestStatistics statistics = domain.Statistics;
        DomainDefinition definition = domain.Current;
        if (wanted.HasFlag(DomainStatsTypes.State))
        {
            list.Add("state.state", (int)domain.State);
            list.Add("state.reason", domain.Reason);
        }
        if (wanted.HasFlag(DomainStatsTypes.CpuTotal) && domain.IsActive)
        {
            list.Add("cpu.time", statistics.CpuTime);
            list.Add("cpu.user", statistics.UserTime);
            list.Add("cpu.system", statistics.SystemTime);
        }
        if (wanted.HasFlag(DomainStatsTypes.Balloon))
            AddBalloon(list, domain, definition, statistics);
        if (wanted.HasFlag(DomainStatsTypes.Vcpu))
            AddVcpus(list, domain, definition, statistics);
        if (wanted.HasFlag(DomainStatsTypes.Interface) && domain.IsActive)
            AddInterfaces(list, definition, statistics);
        if (wanted.HasFlag(DomainStatsTypes.Block))
            AddDisks(list, domain, definition, statistics);
        return [.. list];
    }

    private static void AddBalloon(List<RemoteTypedParam> list, SimulatedDomain domain, DomainDefinition definition, GuestStatistics statistics)
    {
        list.Add("balloon.current", definition.CurrentMemoryKiB);
        list.Add("balloon.maximum", definition.MemoryKiB);
        if (!domain.IsActive)
            return;
        list.Add("balloon.unused", statistics.UnusedKiB);
        list.Add("balloon.rss", statistics.RssKiB);
    }

    private static void AddVcpus(List<RemoteTypedParam> list, SimulatedDomain domain, DomainDefinition definition, GuestStatistics statistics)
    {
        list.Add("vcpu.current", (uint)definition.Vcpus);
        list.Add("vcpu.maximum", (uint)definition.MaxVcpus);
        for (int i = 0; i < definition.Vcpus && domain.IsActive; i++)
        {
            list.Add($"vcpu.{i}.state", (int)VcpuState.Running);
            list.Add($"vcpu.{i}.time", statistics.VcpuTime);
        }
    }

    private static void AddInterfaces(List<RemoteTypedParam> list, DomainDefinition definition, GuestStatistics statistics)
    {
        GuestInterface[] interfaces = [.. definition.Interfaces];
        list.Add("net.count", (uint)interfaces.Length);
        for (int i = 0; i < interfaces.Length; i++)
        {
            list.Add($"net.{i}.name", interfaces[i].Target ?? "");
            list.Add($"net.{i}.rx.bytes", statistics.ReceivedBytes);
            list.Add($"net.{i}.rx.pkts", statistics.ReceivedPackets);
            list.Add($"net.{i}.tx.bytes", statistics.SentBytes);
            list.Add($"net.{i}.tx.pkts", statistics.SentPackets);
        }
    }

    private static void AddDisks(List<RemoteTypedParam> list, SimulatedDomain domain, DomainDefinition definition, GuestStatistics statistics)
    {
        GuestDisk[] disks = [.. definition.Disks];
        list.Add("block.count", (uint)disks.Length);
        for (int i = 0; i < disks.Length; i++)
        {
            list.Add($"block.{i}.name", disks[i].Target);
            if (disks[i].Source is string source)
                list.Add($"block.{i}.path", source);
            if (!domain.IsActive)
                continue;
            list.Add($"block.{i}.rd.reqs", statistics.ReadRequests);
            list.Add($"block.{i}.rd.bytes", statistics.ReadBytes);
            list.Add($"block.{i}.wr.reqs", statistics.WriteRequests);
            list.Add($"block.{i}.wr.bytes", statistics.WriteBytes);
        }
    }
}
