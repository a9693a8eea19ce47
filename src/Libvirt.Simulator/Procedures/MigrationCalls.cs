namespace Libvirt.Simulator;

/// <summary>
/// Migration as a client leads it, step by step: begin and perform and confirm at the source, prepare and finish at the destination. The two
/// hosts do not speak to each other then, so they may belong to different simulators. Where the source is to lead it, perform does it all.
/// </summary>
internal static class MigrationCalls
{
    private const string DestinationXml = "destination_xml";
    private const string DestinationName = "destination_name";
    private const string MigrationUri = "migrate_uri";

    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(RemoteProcedures.DomainMigrateBegin3Params, Begin);
        table.Serve(RemoteProcedures.DomainMigratePrepare3Params, Prepare);
        table.Serve(RemoteProcedures.DomainMigratePerform3Params, Perform);
        table.Serve(RemoteProcedures.DomainMigrateFinish3Params, Finish);
        table.Serve(RemoteProcedures.DomainMigrateConfirm3Params, Confirm);
    }

    private static DomainMigrateBegin3ParamsRet Begin(CallContext context, DomainMigrateBegin3ParamsArgs arguments)
    {
        SimulatedDomain domain = context.Domain(arguments.Dom);
        if (!Flags(arguments.Flags).HasFlag(DomainMigrateFlags.Offline))
            domain.EnsureActive();
        string xml = arguments.Params.Text(DestinationXml) ?? domain.GetXml(inactive: true);
        return new DomainMigrateBegin3ParamsRet { CookieOut = [], Xml = xml };
    }

    private static DomainMigratePrepare3ParamsRet Prepare(CallContext context, DomainMigratePrepare3ParamsArgs arguments)
    {
        SimulatedHost host = context.Host;
        string xml = arguments.Params.Text(DestinationXml) ?? throw Failures.Argument("no domain XML passed");
        DomainDefinition definition = DomainDefinition.Parse(xml, host.Name);
        if (arguments.Params.Text(DestinationName) is string name && name != definition.Name)
            definition = definition.Renamed(name);
        EnsureRoom(host, definition);
        host.Incoming[definition.Name] = definition;
        return new DomainMigratePrepare3ParamsRet
        {
            CookieOut = [],
            UriOut = arguments.Params.Text(MigrationUri) ?? $"tcp:{host.Name}:49152",
        };
    }

    private static DomainMigratePerform3ParamsRet Perform(CallContext context, DomainMigratePerform3ParamsArgs arguments)
    {
        SimulatedDomain domain = context.Domain(arguments.Dom);
        DomainMigrateFlags flags = Flags(arguments.Flags);
        if (arguments.DestinationUri is { } uri && flags.HasFlag(DomainMigrateFlags.Peer2Peer))
        {
            DomainDefinition definition = DomainDefinition.Parse(arguments.Params.Text(DestinationXml) ?? domain.GetXml(inactive: true), context.Host.Name);
            PeerMigration.Run(domain, uri, arguments.Params.Text(DestinationName) is { } name ? definition.Renamed(name) : definition, flags);
        }
        else if (domain.IsActive)
            domain.PauseForMigration();
        return new DomainMigratePerform3ParamsRet { CookieOut = [] };
    }

    private static DomainMigrateFinish3ParamsRet Finish(CallContext context, DomainMigrateFinish3ParamsArgs arguments)
    {
        SimulatedHost host = context.Host;
        string name = arguments.Params.Text(DestinationName) ?? throw Failures.Argument("no domain name passed");
        if (!host.Incoming.Remove(name, out DomainDefinition? definition))
            throw new SimulatedFailureException(ErrorNumber.NoDomain, $"no domain with matching name '{name}'");
        if (arguments.Cancelled != 0)
            throw new SimulatedFailureException(ErrorNumber.MigrateFinishOk, null);
        return new DomainMigrateFinish3ParamsRet { Dom = Arrive(host, definition, Flags(arguments.Flags)).Wire, CookieOut = [] };
    }

    private static void Confirm(CallContext context, DomainMigrateConfirm3ParamsArgs arguments)
    {
        SimulatedDomain domain = context.Domain(arguments.Dom);
        if (arguments.Cancelled != 0)
        {
            if (domain.IsActive)
                domain.Resume();
            return;
        }
        Leave(domain, Flags(arguments.Flags));
    }

    /// <summary>Makes sure that a guest does not run at the destination already.</summary>
    /// <exception cref="SimulatedFailureException">It does.</exception>
    internal static void EnsureRoom(SimulatedHost destination, DomainDefinition definition)
    {
        if (destination.Domains.Find(definition.Uuid) is { IsActive: true } running)
            throw Failures.Invalid($"domain is already active as '{running.Name}'");
    }

    /// <summary>Lets a guest go on at the destination.</summary>
    internal static SimulatedDomain Arrive(SimulatedHost destination, DomainDefinition definition, DomainMigrateFlags flags)
    {
        SimulatedDomain domain = destination.Domains.FindOrAddTransient(definition);
        if (flags.HasFlag(DomainMigrateFlags.PersistDest) || flags.HasFlag(DomainMigrateFlags.Offline))
            domain.IsPersistent = true;
        if (!flags.HasFlag(DomainMigrateFlags.Offline))
            domain.Begin(flags.HasFlag(DomainMigrateFlags.Paused), DomainRunningReason.Migrated, DomainEventStartedDetailType.Migrated);
        return domain;
    }

    /// <summary>Ends a guest at the source.</summary>
    internal static void Leave(SimulatedDomain domain, DomainMigrateFlags flags)
    {
        bool undefine = flags.HasFlag(DomainMigrateFlags.UndefineSource) && domain.IsPersistent;
        if (domain.IsActive)
            domain.End(DomainShutoffReason.Migrated, DomainEventStoppedDetailType.Migrated);
        if (undefine)
            domain.Undefine(DomainUndefineFlags.ManagedSave | DomainUndefineFlags.SnapshotsMetadata);
    }

    private static DomainMigrateFlags Flags(uint flags) => (DomainMigrateFlags)flags;
}
