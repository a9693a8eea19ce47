namespace Libvirt.Simulator;

/// <summary>What guests have used.</summary>
internal static class DomainStatisticsCalls
{
    private const long NotCounted = -1;

    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(RemoteProcedures.ConnectGetAllDomainStats, AllStats);
        table.Serve(RemoteProcedures.DomainBlockStats, BlockStats);
        table.Serve(RemoteProcedures.DomainBlockStatsFlags, BlockStatsFlags);
        table.Serve(RemoteProcedures.DomainInterfaceStats, InterfaceStats);
        table.Serve(RemoteProcedures.DomainMemoryStats, MemoryStats);
        table.Serve(RemoteProcedures.DomainGetCpuStats, CpuStats);
        table.Serve(RemoteProcedures.DomainGetBlockInfo, BlockInfo);
        table.Serve(RemoteProcedures.DomainGetDiskErrors, (c, a) =>
        {
            c.Domain(a.Dom).EnsureActive();
            return new DomainGetDiskErrorsRet { Errors = [], ErrorCount = 0 };
        });
        table.Serve(RemoteProcedures.DomainGetJobInfo, (c, a) => NoJob(c.Domain(a.Dom)));
        table.Serve(RemoteProcedures.DomainGetJobStats, (c, a) =>
        {
            _ = c.Domain(a.Dom);
            return new DomainGetJobStatsRet { Type = (int)DomainJobType.None, Params = [] };
        });
        table.Serve(RemoteProcedures.DomainAbortJob, (c, a) => throw NothingToAbort(c.Domain(a.Dom)));
        table.Serve(RemoteProcedures.DomainGetBlockJobInfo, (c, a) =>
        {
            _ = FindDisk(c.Domain(a.Dom), a.Path);
            return new DomainGetBlockJobInfoRet { Found = 0, Type = 0, Bandwidth = 0, Cur = 0, End = 0 };
        });
    }

    private static SimulatedFailureException NothingToAbort(SimulatedDomain domain)
    {
        domain.EnsureActive();
        return Failures.Invalid("no job is active on the domain");
    }

    private static ConnectGetAllDomainStatsRet AllStats(CallContext context, ConnectGetAllDomainStatsArgs arguments)
    {
        const uint Filters = 0xFF;
        IEnumerable<SimulatedDomain> domains = arguments.Doms.Length > 0
            ? arguments.Doms.Select(context.Domain)
            : context.Host.Domains.All.Where(d => DomainListCalls.Passes(d, (ConnectListAllDomainsFlags)(arguments.Flags & Filters)));
        DomainStatsTypes wanted = arguments.Stats == 0 ? (DomainStatsTypes)uint.MaxValue : (DomainStatsTypes)arguments.Stats;
        return new ConnectGetAllDomainStatsRet { RetStats = [.. domains.Select(d => new RemoteDomainStatsRecord(d.Wire, DomainStatsRecord.Compose(d, wanted)))] };
    }

    private static DomainBlockStatsRet BlockStats(CallContext context, DomainBlockStatsArgs arguments)
    {
        SimulatedDomain domain = Running(context, arguments.Dom);
        // An empty path asks for all disks together.
        if (arguments.Path.Length > 0)
            _ = FindDisk(domain, arguments.Path);
        GuestStatistics statistics = domain.Statistics;
        return new DomainBlockStatsRet
        {
            RdReq = (long)statistics.ReadRequests,
            RdBytes = (long)statistics.ReadBytes,
            WrReq = (long)statistics.WriteRequests,
            WrBytes = (long)statistics.WriteBytes,
            Errs = NotCounted,
        };
    }

    private static DomainBlockStatsFlagsRet BlockStatsFlags(CallContext context, DomainBlockStatsFlagsArgs arguments)
    {
        SimulatedDomain domain = Running(context, arguments.Dom);
        if (arguments.Path.Length > 0)
            _ = FindDisk(domain, arguments.Path);
        GuestStatistics statistics = domain.Statistics;
        List<RemoteTypedParam> all = [];
        all.Add("wr_bytes", (long)statistics.WriteBytes);
        all.Add("wr_operations", (long)statistics.WriteRequests);
        all.Add("rd_bytes", (long)statistics.ReadBytes);
        all.Add("rd_operations", (long)statistics.ReadRequests);
        all.Add("flush_operations", (long)statistics.WriteRequests / 10);
        return new DomainBlockStatsFlagsRet
        {
            Params = TypedParameters.Fit(all, arguments.ParamCount),
            ParamCount = TypedParameters.CountFor(all, arguments.ParamCount),
        };
    }

    private static DomainInterfaceStatsRet InterfaceStats(CallContext context, DomainInterfaceStatsArgs arguments)
    {
        SimulatedDomain domain = Running(context, arguments.Dom);
        if (!domain.Current.Interfaces.Any(i => i.Is(arguments.Device)))
            throw Failures.Argument($"'{arguments.Device}' is not a known interface");
        GuestStatistics statistics = domain.Statistics;
        return new DomainInterfaceStatsRet
        {
            RxBytes = (long)statistics.ReceivedBytes,
            RxPackets = (long)statistics.ReceivedPackets,
            RxErrs = 0,
            RxDrop = 0,
            TxBytes = (long)statistics.SentBytes,
            TxPackets = (long)statistics.SentPackets,
            TxErrs = 0,
            TxDrop = 0,
        };
    }

    private static DomainMemoryStatsRet MemoryStats(CallContext context, DomainMemoryStatsArgs arguments)
    {
        SimulatedDomain domain = Running(context, arguments.Dom);
        GuestStatistics statistics = domain.Statistics;
        ulong current = domain.Current.CurrentMemoryKiB;
        RemoteDomainMemoryStat[] all =
        [
            new((int)DomainMemoryStatTags.ActualBalloon, current),
            new((int)DomainMemoryStatTags.Unused, statistics.UnusedKiB),
            new((int)DomainMemoryStatTags.Available, current - current / 50),
            new((int)DomainMemoryStatTags.Usable, statistics.UnusedKiB + current / 20),
            new((int)DomainMemoryStatTags.LastUpdate, (ulong)context.Host.Time.GetUtcNow().ToUnixTimeSeconds()),
            new((int)DomainMemoryStatTags.Rss, statistics.RssKiB),
        ];
        return new DomainMemoryStatsRet { Stats = [.. all.Take((int)arguments.MaxStats)] };
    }

    /// <summary>Per host CPU, or, from CPU -1, all together; a room of none asks for counts.</summary>
    private static DomainGetCpuStatsRet CpuStats(CallContext context, DomainGetCpuStatsArgs arguments)
    {
        SimulatedDomain domain = Running(context, arguments.Dom);
        GuestStatistics statistics = domain.Statistics;
        int hostCpus = context.Host.Hardware.Cpus;
        List<RemoteTypedParam> parameters = [];
        if (arguments.StartCpu < 0)
        {
            parameters.Add("cpu_time", statistics.CpuTime);
            parameters.Add("user_time", statistics.UserTime);
            parameters.Add("system_time", statistics.SystemTime);
            return new DomainGetCpuStatsRet { Params = TypedParameters.Fit(parameters, (int)arguments.ParamCount), ParamCount = parameters.Count };
        }
        if (arguments.CpuCount == 0)
            return new DomainGetCpuStatsRet { Params = [], ParamCount = hostCpus };
        if (arguments.ParamCount == 0)
            return new DomainGetCpuStatsRet { Params = [], ParamCount = 1 };
        for (int cpu = arguments.StartCpu; cpu < Math.Min(hostCpus, arguments.StartCpu + (long)arguments.CpuCount); cpu++)
            parameters.Add("cpu_time", statistics.CpuTime / (ulong)hostCpus);
        return new DomainGetCpuStatsRet { Params = [.. parameters], ParamCount = 1 };
    }

    private static DomainGetBlockInfoRet BlockInfo(CallContext context, DomainGetBlockInfoArgs arguments)
    {
        GuestDisk disk = FindDisk(context.Domain(arguments.Dom), arguments.Path);
        SimulatedVolume? volume = context.Host.StoragePools.All.SelectMany(p => p.Volumes).FirstOrDefault(v => v.Path == disk.Source);
        ulong capacity = volume is null ? 20UL << 30 : (ulong)volume.Capacity;
        ulong allocation = volume is null ? 2UL << 30 : (ulong)volume.Allocation;
        return new DomainGetBlockInfoRet { Allocation = allocation, Capacity = capacity, Physical = allocation };
    }

    private static GuestDisk FindDisk(SimulatedDomain domain, string path)
    {
        foreach (GuestDisk disk in domain.Current.Disks)
        {
            if (disk.Is(path))
                return disk;
        }
        throw Failures.Argument($"invalid path: {path}");
    }

    private static DomainGetJobInfoRet NoJob(SimulatedDomain domain) => new()
    {
        Type = domain.IsActive ? (int)DomainJobType.None : throw Failures.Invalid("domain is not running"),
        TimeElapsed = 0,
        TimeRemaining = 0,
        DataTotal = 0,
        DataProcessed = 0,
        DataRemaining = 0,
        MemTotal = 0,
        MemProcessed = 0,
        MemRemaining = 0,
        FileTotal = 0,
        FileProcessed = 0,
        FileRemaining = 0,
    };

    private static SimulatedDomain Running(CallContext context, RemoteDomain domain)
    {
        SimulatedDomain found = context.Domain(domain);
        found.EnsureActive();
        return found;
    }
}
