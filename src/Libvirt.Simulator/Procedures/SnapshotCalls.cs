namespace Libvirt.Simulator;

/// <summary>Snapshots of guests.</summary>
internal static class SnapshotCalls
{
    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(RemoteProcedures.DomainSnapshotCreateXml, (c, a) =>
        {
            SimulatedDomain domain = c.Domain(a.Dom);
            SimulatedSnapshot snapshot = domain.Snapshots.Create(a.XmlDesc, (DomainSnapshotCreateFlags)a.Flags);
            return new DomainSnapshotCreateXmlRet { Snap = Wire(domain, snapshot) };
        });
        table.Serve(RemoteProcedures.DomainSnapshotGetXmlDesc, (c, a) => new DomainSnapshotGetXmlDescRet { Xml = Find(c, a.Snap).ToXml() });
        table.Serve(RemoteProcedures.DomainSnapshotNum, (c, a) => new DomainSnapshotNumRet { Num = List(c, a.Dom, a.Flags).Count() });
        table.Serve(RemoteProcedures.DomainSnapshotListNames,
            (c, a) => new DomainSnapshotListNamesRet { Names = [.. List(c, a.Dom, a.Flags).Select(s => s.Name).Take(a.MaxNames)] });
        table.Serve(RemoteProcedures.DomainListAllSnapshots, (c, a) =>
        {
            RemoteDomainSnapshot[] all = [.. List(c, a.Dom, a.Flags).Select(s => Wire(c.Domain(a.Dom), s))];
            return new DomainListAllSnapshotsRet { Snapshots = a.NeedResults == 0 ? [] : all, Ret = all.Length };
        });
        table.Serve(RemoteProcedures.DomainSnapshotNumChildren, (c, a) => new DomainSnapshotNumChildrenRet { Num = Children(c, a.Snap, a.Flags).Count() });
        table.Serve(RemoteProcedures.DomainSnapshotListChildrenNames,
            (c, a) => new DomainSnapshotListChildrenNamesRet { Names = [.. Children(c, a.Snap, a.Flags).Select(s => s.Name).Take(a.MaxNames)] });
        table.Serve(RemoteProcedures.DomainSnapshotListAllChildren, (c, a) =>
        {
            RemoteDomainSnapshot[] all = [.. Children(c, a.Snapshot, a.Flags).Select(s => Wire(c.Domain(a.Snapshot.Dom), s))];
            return new DomainSnapshotListAllChildrenRet { Snapshots = a.NeedResults == 0 ? [] : all, Ret = all.Length };
        });
        table.Serve(RemoteProcedures.DomainSnapshotLookupByName,
            (c, a) => new DomainSnapshotLookupByNameRet { Snap = Wire(c.Domain(a.Dom), c.Domain(a.Dom).Snapshots.Find(a.Name)) });
        table.Serve(RemoteProcedures.DomainHasCurrentSnapshot,
            (c, a) => new DomainHasCurrentSnapshotRet { Result = c.Domain(a.Dom).Snapshots.Current is null ? 0 : 1 });
        table.Serve(RemoteProcedures.DomainSnapshotCurrent, (c, a) => new DomainSnapshotCurrentRet
        {
            Snap = Wire(c.Domain(a.Dom), c.Domain(a.Dom).Snapshots.Current
                ?? throw new SimulatedFailureException(ErrorNumber.NoDomainSnapshot, "the domain does not have a current snapshot")),
        });
        table.Serve(RemoteProcedures.DomainSnapshotGetParent, (c, a) => new DomainSnapshotGetParentRet
        {
            Snap = Wire(c.Domain(a.Snap.Dom), Find(c, a.Snap).Parent
                ?? throw new SimulatedFailureException(ErrorNumber.NoDomainSnapshot, $"snapshot '{a.Snap.Name}' does not have a parent")),
        });
        table.Serve(RemoteProcedures.DomainSnapshotIsCurrent,
            (c, a) => new DomainSnapshotIsCurrentRet { Current = Find(c, a.Snap) == c.Domain(a.Snap.Dom).Snapshots.Current ? 1 : 0 });
        table.Serve(RemoteProcedures.DomainSnapshotHasMetadata, (c, a) => new DomainSnapshotHasMetadataRet { Metadata = Find(c, a.Snap) is null ? 0 : 1 });
        table.Serve(RemoteProcedures.DomainRevertToSnapshot, (c, a) => c.Domain(a.Snap.Dom).Snapshots.Revert(Find(c, a.Snap)));
        table.Serve(RemoteProcedures.DomainSnapshotDelete,
            (c, a) => c.Domain(a.Snap.Dom).Snapshots.Delete(Find(c, a.Snap), (DomainSnapshotDeleteFlags)a.Flags));
        table.Serve(RemoteProcedures.DomainListAllCheckpoints, (c, a) =>
        {
            _ = c.Domain(a.Dom);
            return new DomainListAllCheckpointsRet { Checkpoints = [], Ret = 0 };
        });
    }

    private static SimulatedSnapshot Find(CallContext context, RemoteDomainSnapshot snapshot) => context.Domain(snapshot.Dom).Snapshots.Find(snapshot.Name);

    private static IEnumerable<SimulatedSnapshot> List(CallContext context, RemoteDomain domain, uint flags) =>
        context.Domain(domain).Snapshots.List(null, (DomainSnapshotListFlags)flags);

    private static IEnumerable<SimulatedSnapshot> Children(CallContext context, RemoteDomainSnapshot snapshot, uint flags) =>
        context.Domain(snapshot.Dom).Snapshots.List(Find(context, snapshot), (DomainSnapshotListFlags)flags);

    private static RemoteDomainSnapshot Wire(SimulatedDomain domain, SimulatedSnapshot snapshot) => new(snapshot.Name, domain.Wire);
}
