namespace Libvirt.Simulator;

/// <summary>Finding guests.</summary>
internal static class DomainListCalls
{
    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(RemoteProcedures.ConnectNumOfDomains, (c, _) => new ConnectNumOfDomainsRet { Num = Active(c).Count() });
        table.Serve(RemoteProcedures.ConnectListDomains, (c, a) => new ConnectListDomainsRet { Ids = [.. Active(c).Select(d => d.Id).Order().Take(a.MaxIds)] });
        table.Serve(RemoteProcedures.ConnectNumOfDefinedDomains, (c, _) => new ConnectNumOfDefinedDomainsRet { Num = Inactive(c).Count() });
        table.Serve(RemoteProcedures.ConnectListDefinedDomains,
            (c, a) => new ConnectListDefinedDomainsRet { Names = [.. Inactive(c).Select(d => d.Name).Take(a.MaxNames)] });
        table.Serve(RemoteProcedures.ConnectListAllDomains, ListAll);
        table.Serve(RemoteProcedures.DomainLookupByName, (c, a) => new DomainLookupByNameRet { Dom = c.Host.Domains[a.Name].Wire });
        table.Serve(RemoteProcedures.DomainLookupById, (c, a) => new DomainLookupByIdRet
        {
            Dom = Active(c).FirstOrDefault(d => d.Id == a.Id)?.Wire
                ?? throw new SimulatedFailureException(ErrorNumber.NoDomain, $"no domain with matching id {a.Id}"),
        });
        table.Serve(RemoteProcedures.DomainLookupByUuid, (c, a) => new DomainLookupByUuidRet
        {
            Dom = c.Host.Domains.Find(a.Uuid)?.Wire
                ?? throw new SimulatedFailureException(ErrorNumber.NoDomain, $"no domain with matching uuid '{a.Uuid}'"),
        });
    }

    /// <summary>Whether a guest passes the filter of a listing: of each group of flags, none set means that it does not matter.</summary>
    public static bool Passes(SimulatedDomain domain, ConnectListAllDomainsFlags flags) =>
        Group(flags, (ConnectListAllDomainsFlags.Active, domain.IsActive), (ConnectListAllDomainsFlags.Inactive, !domain.IsActive))
        && Group(flags, (ConnectListAllDomainsFlags.Persistent, domain.IsPersistent), (ConnectListAllDomainsFlags.Transient, !domain.IsPersistent))
        && Group(flags,
            (ConnectListAllDomainsFlags.Running, domain.State == DomainState.Running),
            (ConnectListAllDomainsFlags.Paused, domain.State == DomainState.Paused),
            (ConnectListAllDomainsFlags.Shutoff, domain.State == DomainState.Shutoff),
            (ConnectListAllDomainsFlags.Other, domain.State is not (DomainState.Running or DomainState.Paused or DomainState.Shutoff)))
        && Group(flags, (ConnectListAllDomainsFlags.ManagedSave, domain.HasManagedSave), (ConnectListAllDomainsFlags.NoManagedSave, !domain.HasManagedSave))
        && Group(flags, (ConnectListAllDomainsFlags.Autostart, domain.Autostart), (ConnectListAllDomainsFlags.NoAutostart, !domain.Autostart))
        && Group(flags, (ConnectListAllDomainsFlags.HasSnapshot, domain.Snapshots.Count > 0), (ConnectListAllDomainsFlags.NoSnapshot, domain.Snapshots.Count == 0))
        && Group(flags, (ConnectListAllDomainsFlags.HasCheckpoint, false), (ConnectListAllDomainsFlags.NoCheckpoint, true));

    private static bool Group(ConnectListAllDomainsFlags flags, params ReadOnlySpan<(ConnectListAllDomainsFlags Flag, bool Holds)> group)
    {
        bool isAsked = false;
        foreach ((ConnectListAllDomainsFlags flag, bool holds) in group)
        {
            if (!flags.HasFlag(flag))
                continue;
            if (holds)
                return true;
            isAsked = true;
        }
        return !isAsked;
    }

    private static ConnectListAllDomainsRet ListAll(CallContext context, ConnectListAllDomainsArgs arguments)
    {
        RemoteDomain[] found = [.. context.Host.Domains.All.Where(d => Passes(d, (ConnectListAllDomainsFlags)arguments.Flags)).Select(d => d.Wire)];
        return new ConnectListAllDomainsRet { Domains = arguments.NeedResults == 0 ? [] : found, Ret = (uint)found.Length };
    }

    private static IEnumerable<SimulatedDomain> Active(CallContext context) => context.Host.Domains.All.Where(d => d.IsActive);

    private static IEnumerable<SimulatedDomain> Inactive(CallContext context) => context.Host.Domains.All.Where(d => !d.IsActive);
}
