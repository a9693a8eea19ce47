namespace Libvirt.Simulator;

/// <summary>Saving guests and bringing them back.</summary>
internal static class DomainSaveCalls
{
    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(RemoteProcedures.DomainManagedSave, (c, a) => c.Domain(a.Dom).ManagedSave());
        table.Serve(RemoteProcedures.DomainHasManagedSaveImage, (c, a) => new DomainHasManagedSaveImageRet { Result = c.Domain(a.Dom).HasManagedSave ? 1 : 0 });
        table.Serve(RemoteProcedures.DomainManagedSaveRemove, (c, a) => c.Domain(a.Dom).RemoveManagedSave());
        table.Serve(RemoteProcedures.DomainManagedSaveGetXmlDesc, (c, a) => new DomainManagedSaveGetXmlDescRet
        {
            Xml = c.Domain(a.Dom) is { HasManagedSave: true } domain
                ? domain.GetXml()
                : throw Failures.Invalid("domain does not have managed save image"),
        });
        table.Serve(RemoteProcedures.DomainSave, (c, a) => Save(c, a.Dom, a.To));
        table.Serve(RemoteProcedures.DomainSaveFlags, (c, a) => Save(c, a.Dom, a.To));
        table.Serve(RemoteProcedures.DomainRestore, (c, a) => Restore(c, a.From, null, 0));
        table.Serve(RemoteProcedures.DomainRestoreFlags, (c, a) => Restore(c, a.From, a.DestinationXml, a.Flags));
        table.Serve(RemoteProcedures.DomainSaveImageGetXmlDesc, (c, a) => new DomainSaveImageGetXmlDescRet { Xml = Find(c, a.File).Definition.ToXml(null) });
        table.Serve(RemoteProcedures.DomainCoreDump, (c, a) => c.Domain(a.Dom).EnsureActive());
        table.Serve(RemoteProcedures.DomainCoreDumpWithFormat, (c, a) => c.Domain(a.Dom).EnsureActive());
    }

    private static void Save(CallContext context, RemoteDomain domain, string path) =>
        context.Host.SavedGuests[path] = context.Domain(domain).Save();

    private static void Restore(CallContext context, string path, string? xml, uint flags)
    {
        SavedGuest saved = Find(context, path);
        DomainDefinition definition = xml is null ? saved.Definition : DomainDefinition.Parse(xml, context.Host.Name);
        SimulatedDomain domain = context.Host.Domains.FindOrAddTransient(definition.Copy());
        DomainSaveRestoreFlags wanted = (DomainSaveRestoreFlags)flags;
        bool paused = wanted.HasFlag(DomainSaveRestoreFlags.Paused) || saved.WasPaused && !wanted.HasFlag(DomainSaveRestoreFlags.Running);
        domain.Begin(paused, DomainRunningReason.Restored, DomainEventStartedDetailType.Restored);
    }

    private static SavedGuest Find(CallContext context, string path) => context.Host.SavedGuests.GetValueOrDefault(path) ??
        throw new SimulatedFailureException(ErrorNumber.OperationFailed, $"Failed to open file '{path}': No such file or directory");
}
