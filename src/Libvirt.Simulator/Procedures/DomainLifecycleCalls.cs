namespace Libvirt.Simulator;

/// <summary>The life of a guest, from its definition to its end.</summary>
internal static class DomainLifecycleCalls
{
    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(RemoteProcedures.DomainDefineXml, (c, a) => new DomainDefineXmlRet { Dom = c.Host.Domains.Define(a.Xml).Wire });
        table.Serve(RemoteProcedures.DomainDefineXmlFlags, (c, a) => new DomainDefineXmlFlagsRet { Dom = c.Host.Domains.Define(a.Xml).Wire });
        table.Serve(RemoteProcedures.DomainCreateXml, (c, a) => new DomainCreateXmlRet { Dom = c.Host.Domains.Create(a.XmlDesc, StartsPaused(a.Flags)).Wire });
        table.Serve(RemoteProcedures.DomainCreate, (c, a) => c.Domain(a.Dom).Start());
        table.Serve(RemoteProcedures.DomainCreateWithFlags, (c, a) =>
        {
            SimulatedDomain domain = c.Domain(a.Dom);
            domain.Start(StartsPaused(a.Flags), ((DomainCreateFlags)a.Flags).HasFlag(DomainCreateFlags.StartForceBoot));
            return new DomainCreateWithFlagsRet { Dom = domain.Wire };
        });
        table.Serve(RemoteProcedures.DomainUndefine, (c, a) => c.Domain(a.Dom).Undefine());
        table.Serve(RemoteProcedures.DomainUndefineFlags, (c, a) => c.Domain(a.Dom).Undefine((DomainUndefineFlags)a.Flags));
        table.Serve(RemoteProcedures.DomainSuspend, (c, a) => c.Domain(a.Dom).Suspend());
        table.Serve(RemoteProcedures.DomainResume, (c, a) => c.Domain(a.Dom).Resume());
        table.Serve(RemoteProcedures.DomainShutdown, (c, a) => c.Domain(a.Dom).Shutdown());
        table.Serve(RemoteProcedures.DomainShutdownFlags, (c, a) => c.Domain(a.Dom).Shutdown());
        table.Serve(RemoteProcedures.DomainReboot, (c, a) => c.Domain(a.Dom).Reboot());
        table.Serve(RemoteProcedures.DomainReset, (c, a) => c.Domain(a.Dom).Reset());
        table.Serve(RemoteProcedures.DomainDestroy, (c, a) => c.Domain(a.Dom).Destroy());
        table.Serve(RemoteProcedures.DomainDestroyFlags, (c, a) => c.Domain(a.Dom).Destroy());
        table.Serve(RemoteProcedures.DomainIsActive, (c, a) => new DomainIsActiveRet { Active = c.Domain(a.Dom).IsActive ? 1 : 0 });
        table.Serve(RemoteProcedures.DomainIsPersistent, (c, a) => new DomainIsPersistentRet { Persistent = c.Domain(a.Dom).IsPersistent ? 1 : 0 });
        table.Serve(RemoteProcedures.DomainIsUpdated, (c, a) =>
        {
            _ = c.Domain(a.Dom);
            return new DomainIsUpdatedRet { Updated = 0 };
        });
        table.Serve(RemoteProcedures.DomainGetState, (c, a) =>
        {
            SimulatedDomain domain = c.Domain(a.Dom);
            return new DomainGetStateRet { State = (int)domain.State, Reason = domain.Reason };
        });
        table.Serve(RemoteProcedures.DomainGetControlInfo, ControlInfo);
        table.Serve(RemoteProcedures.DomainGetInfo, Info);
        table.Serve(RemoteProcedures.DomainGetOSType, (c, a) => new DomainGetOSTypeRet { Type = c.Domain(a.Dom).Current.OSType });
        table.Serve(RemoteProcedures.DomainGetAutostart, (c, a) => new DomainGetAutostartRet { Autostart = c.Domain(a.Dom).Autostart ? 1 : 0 });
        table.Serve(RemoteProcedures.DomainSetAutostart, SetAutostart);
        table.Serve(RemoteProcedures.DomainRename, Rename);
    }

    private static bool StartsPaused(uint flags) => ((DomainCreateFlags)flags).HasFlag(DomainCreateFlags.StartPaused);

    private static DomainGetInfoRet Info(CallContext context, DomainGetInfoArgs arguments)
    {
        SimulatedDomain domain = context.Domain(arguments.Dom);
        return new DomainGetInfoRet
        {
            State = (byte)domain.State,
            MaxMem = domain.Current.MemoryKiB,
            Memory = domain.Current.CurrentMemoryKiB,
            NrVirtCpu = (ushort)domain.Current.Vcpus,
            CpuTime = domain.Statistics.CpuTime,
        };
    }

    private static DomainGetControlInfoRet ControlInfo(CallContext context, DomainGetControlInfoArgs arguments)
    {
        context.Domain(arguments.Dom).EnsureActive();
        return new DomainGetControlInfoRet { State = (uint)DomainControlState.Ok, Details = 0, StateTime = 0 };
    }

    private static void SetAutostart(CallContext context, DomainSetAutostartArgs arguments)
    {
        SimulatedDomain domain = context.Domain(arguments.Dom);
        if (!domain.IsPersistent)
            throw Failures.Invalid("cannot set autostart for transient domain");
        domain.Autostart = arguments.Autostart != 0;
    }

    private static DomainRenameRet Rename(CallContext context, DomainRenameArgs arguments)
    {
        SimulatedDomain domain = context.Domain(arguments.Dom);
        if (domain.IsActive)
            throw Failures.Invalid("cannot rename active domain");
        if (string.IsNullOrEmpty(arguments.NewName))
            throw Failures.Argument("a domain cannot be renamed to an empty name");
        context.Host.Domains.Rename(domain, arguments.NewName);
        return new DomainRenameRet { ReturnCode = 0 };
    }
}
