namespace Libvirt.Simulator;

/// <summary>CPUs, memory and the limits set on them.</summary>
internal static class DomainResourceCalls
{
    private const ulong Unlimited = 9007199254740991;

    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(RemoteProcedures.DomainGetMaxMemory, (c, a) => new DomainGetMaxMemoryRet { Memory = c.Domain(a.Dom).Current.MemoryKiB });
        table.Serve(RemoteProcedures.DomainSetMaxMemory, (c, a) => SetMemory(c, c.Domain(a.Dom), a.Memory, DomainMemoryModFlags.Maximum | DomainMemoryModFlags.Config));
        table.Serve(RemoteProcedures.DomainSetMemory, (c, a) => SetMemory(c, c.Domain(a.Dom), a.Memory, DomainMemoryModFlags.Live));
        table.Serve(RemoteProcedures.DomainSetMemoryFlags, (c, a) => SetMemory(c, c.Domain(a.Dom), a.Memory, (DomainMemoryModFlags)a.Flags));
        table.Serve(RemoteProcedures.DomainSetMemoryStatsPeriod, (c, a) => c.Domain(a.Dom).EnsureActive());
        table.Serve(RemoteProcedures.DomainGetMaxVcpus, (c, a) => new DomainGetMaxVcpusRet { Num = c.Domain(a.Dom).Current.MaxVcpus });
        table.Serve(RemoteProcedures.DomainGetVcpusFlags, GetVcpusFlags);
        table.Serve(RemoteProcedures.DomainSetVcpus, (c, a) => SetVcpus(c.Domain(a.Dom), a.VcpuCount, DomainVcpuFlags.Live));
        table.Serve(RemoteProcedures.DomainSetVcpusFlags, (c, a) => SetVcpus(c.Domain(a.Dom), a.VcpuCount, (DomainVcpuFlags)a.Flags));
        table.Serve(RemoteProcedures.DomainGetVcpus, GetVcpus);
        table.Serve(RemoteProcedures.DomainGetVcpuPinInfo, GetVcpuPinInfo);
        table.Serve(RemoteProcedures.DomainGetEmulatorPinInfo, (c, a) => new DomainGetEmulatorPinInfoRet
        {
            CpuMaps = GuestPlacement.AllCpus(c.Host.Hardware.Cpus, a.MapLength),
            Ret = 1,
        });
        table.Serve(RemoteProcedures.DomainGetSchedulerType, (c, a) => new DomainGetSchedulerTypeRet { Type = "posix", ParamCount = SchedulerParameters(c.Domain(a.Dom)).Count });
        table.Serve(RemoteProcedures.DomainGetSchedulerParameters,
            (c, a) => new DomainGetSchedulerParametersRet { Params = TypedParameters.Fit(SchedulerParameters(c.Domain(a.Dom)), a.ParamCount) });
        table.Serve(RemoteProcedures.DomainGetSchedulerParametersFlags,
            (c, a) => new DomainGetSchedulerParametersFlagsRet { Params = TypedParameters.Fit(SchedulerParameters(c.Domain(a.Dom)), a.ParamCount) });
        table.Serve(RemoteProcedures.DomainSetSchedulerParameters, (c, a) => Tune(c.Domain(a.Dom), "sched", a.Params));
        table.Serve(RemoteProcedures.DomainSetSchedulerParametersFlags, (c, a) => Tune(c.Domain(a.Dom), "sched", a.Params));
        table.Serve(RemoteProcedures.DomainGetMemoryParameters, (c, a) =>
        {
            List<RemoteTypedParam> all = MemoryParameters(c.Domain(a.Dom));
            return new DomainGetMemoryParametersRet { Params = TypedParameters.Fit(all, a.ParamCount), ParamCount = TypedParameters.CountFor(all, a.ParamCount) };
        });
        table.Serve(RemoteProcedures.DomainSetMemoryParameters, (c, a) => Tune(c.Domain(a.Dom), "memory", a.Params));
        table.Serve(RemoteProcedures.DomainGetBlkioParameters, (c, a) =>
        {
            List<RemoteTypedParam> all = Tuned(c.Domain(a.Dom), "blkio", l => l.Add("weight", 500u));
            return new DomainGetBlkioParametersRet { Params = TypedParameters.Fit(all, a.ParamCount), ParamCount = TypedParameters.CountFor(all, a.ParamCount) };
        });
        table.Serve(RemoteProcedures.DomainSetBlkioParameters, (c, a) => Tune(c.Domain(a.Dom), "blkio", a.Params));
        table.Serve(RemoteProcedures.DomainGetIOThreadInfo, (c, a) =>
        {
            _ = c.Domain(a.Dom);
            return new DomainGetIOThreadInfoRet { Info = [], Ret = 0 };
        });
    }

    private static void SetMemory(CallContext context, SimulatedDomain domain, ulong kib, DomainMemoryModFlags flags)
    {
        DomainModificationImpact impact = DomainConfigurationCalls.Impact((uint)flags);
        if (flags.HasFlag(DomainMemoryModFlags.Maximum))
        {
            if (domain.IsActive && impact != DomainModificationImpact.Config)
                throw Failures.Invalid("cannot resize the maximum memory on an active domain");
            domain.Definition.MemoryKiB = kib;
            domain.Definition.CurrentMemoryKiB = Math.Min(domain.Definition.CurrentMemoryKiB, kib);
            return;
        }
        foreach (DomainDefinition definition in domain.Affected(impact))
        {
            if (kib > definition.MemoryKiB)
                throw Failures.Argument("cannot set memory higher than max memory");
            definition.CurrentMemoryKiB = kib;
        }
        if (domain.IsActive && impact != DomainModificationImpact.Config)
            context.Host.Publish(DomainNotices.BalloonChange(domain, kib));
    }

    private static DomainGetVcpusFlagsRet GetVcpusFlags(CallContext context, DomainGetVcpusFlagsArgs arguments)
    {
        SimulatedDomain domain = context.Domain(arguments.Dom);
        DomainVcpuFlags flags = (DomainVcpuFlags)arguments.Flags;
        if (flags.HasFlag(DomainVcpuFlags.Live))
            domain.EnsureActive();
        DomainDefinition definition = flags.HasFlag(DomainVcpuFlags.Config) ? domain.Definition : domain.Current;
        return new DomainGetVcpusFlagsRet { Num = flags.HasFlag(DomainVcpuFlags.Maximum) ? definition.MaxVcpus : definition.Vcpus };
    }

    private static void SetVcpus(SimulatedDomain domain, uint count, DomainVcpuFlags flags)
    {
        if (count == 0)
            throw Failures.Argument("a domain needs at least one vCPU");
        foreach (DomainDefinition definition in domain.Affected(DomainConfigurationCalls.Impact((uint)flags)))
        {
            if (flags.HasFlag(DomainVcpuFlags.Maximum))
                definition.SetVcpus(null, (int)count);
            else if (count > definition.MaxVcpus)
                throw Failures.Argument($"requested vcpus is greater than max allowable vcpus for the domain: {count} > {definition.MaxVcpus}");
            else
                definition.SetVcpus((int)count, null);
        }
    }

    private static DomainGetVcpusRet GetVcpus(CallContext context, DomainGetVcpusArgs arguments)
    {
        SimulatedDomain domain = context.Domain(arguments.Dom);
        domain.EnsureActive();
        int count = Math.Min(domain.Current.Vcpus, arguments.MaxInfo);
        ulong time = domain.Statistics.VcpuTime;
        int hostCpus = context.Host.Hardware.Cpus;
        byte[] map = GuestPlacement.AllCpus(hostCpus, arguments.MapLength);
        return new DomainGetVcpusRet
        {
            Info = [.. Enumerable.Range(0, count).Select(i => new RemoteVcpuInfo((uint)i, (int)VcpuState.Running, time, (domain.Id + i) % hostCpus))],
            CpuMaps = [.. Enumerable.Repeat(map, count).SelectMany(m => m)],
        };
    }

    private static DomainGetVcpuPinInfoRet GetVcpuPinInfo(CallContext context, DomainGetVcpuPinInfoArgs arguments)
    {
        int count = Math.Min(context.Domain(arguments.Dom).Current.Vcpus, arguments.CpuMapCount);
        byte[] map = GuestPlacement.AllCpus(context.Host.Hardware.Cpus, arguments.MapLength);
        return new DomainGetVcpuPinInfoRet { CpuMaps = [.. Enumerable.Repeat(map, count).SelectMany(m => m)], Num = count };
    }

    private static List<RemoteTypedParam> SchedulerParameters(SimulatedDomain domain) => Tuned(domain, "sched", list =>
    {
        list.Add("cpu_shares", 1024UL);
        list.Add("vcpu_period", 100000UL);
        list.Add("vcpu_quota", -1L);
    });

    private static List<RemoteTypedParam> MemoryParameters(SimulatedDomain domain) => Tuned(domain, "memory", list =>
    {
        list.Add("hard_limit", Unlimited);
        list.Add("soft_limit", Unlimited);
        list.Add("swap_hard_limit", Unlimited);
    });

    /// <summary>The parameters of one kind: what was set, else the defaults.</summary>
    private static List<RemoteTypedParam> Tuned(SimulatedDomain domain, string kind, Action<List<RemoteTypedParam>> addDefaults)
    {
        List<RemoteTypedParam> list = [];
        addDefaults(list);
        for (int i = 0; i < list.Count; i++)
        {
            if (domain.Tunables.TryGetValue($"{kind}.{list[i].Field}", out RemoteTypedParamValue set))
                list[i] = list[i] with { Value = set };
        }
        return list;
    }

    private static void Tune(SimulatedDomain domain, string kind, RemoteTypedParam[] parameters)
    {
        foreach (RemoteTypedParam parameter in parameters)
            domain.Tunables[$"{kind}.{parameter.Field}"] = parameter.Value;
    }
}
