namespace Libvirt.Simulator;

/// <summary>Storage pools.</summary>
internal static class StoragePoolCalls
{
    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(RemoteProcedures.ConnectNumOfStoragePools, (c, _) => new ConnectNumOfStoragePoolsRet { Num = c.Host.StoragePools.All.Count(p => p.IsActive) });
        table.Serve(RemoteProcedures.ConnectNumOfDefinedStoragePools,
            (c, _) => new ConnectNumOfDefinedStoragePoolsRet { Num = c.Host.StoragePools.All.Count(p => !p.IsActive) });
        table.Serve(RemoteProcedures.ConnectListStoragePools,
            (c, a) => new ConnectListStoragePoolsRet { Names = [.. c.Host.StoragePools.All.Where(p => p.IsActive).Select(p => p.Name).Take(a.MaxNames)] });
        table.Serve(RemoteProcedures.ConnectListDefinedStoragePools,
            (c, a) => new ConnectListDefinedStoragePoolsRet { Names = [.. c.Host.StoragePools.All.Where(p => !p.IsActive).Select(p => p.Name).Take(a.MaxNames)] });
        table.Serve(RemoteProcedures.ConnectListAllStoragePools, ListAll);
        table.Serve(RemoteProcedures.StoragePoolLookupByName, (c, a) => new StoragePoolLookupByNameRet { Pool = c.Host.StoragePools[a.Name].Wire });
        table.Serve(RemoteProcedures.StoragePoolLookupByUuid, (c, a) => new StoragePoolLookupByUuidRet { Pool = c.Host.StoragePools.Find(a.Uuid).Wire });
        table.Serve(RemoteProcedures.StoragePoolLookupByVolume, (c, a) => new StoragePoolLookupByVolumeRet { Pool = c.Host.StoragePools.Find(a.Vol).Pool.Wire });
        table.Serve(RemoteProcedures.StoragePoolLookupByTargetPath, (c, a) => new StoragePoolLookupByTargetPathRet
        {
            Pool = c.Host.StoragePools.All.FirstOrDefault(p => p.TargetPath == a.Path)?.Wire
                ?? throw new SimulatedFailureException(ErrorNumber.NoStoragePool, ErrorDomain.Storage, $"no storage pool with matching target path '{a.Path}'"),
        });
        table.Serve(RemoteProcedures.StoragePoolDefineXml, (c, a) => new StoragePoolDefineXmlRet { Pool = c.Host.StoragePools.Define(a.Xml).Wire });
        table.Serve(RemoteProcedures.StoragePoolCreateXml, (c, a) => new StoragePoolCreateXmlRet { Pool = c.Host.StoragePools.Create(a.Xml).Wire });
        table.Serve(RemoteProcedures.StoragePoolCreate, (c, a) => Find(c, a.Pool).Start());
        table.Serve(RemoteProcedures.StoragePoolDestroy, (c, a) => Find(c, a.Pool).Stop());
        table.Serve(RemoteProcedures.StoragePoolUndefine, (c, a) => c.Host.StoragePools.Undefine(Find(c, a.Pool)));
        table.Serve(RemoteProcedures.StoragePoolBuild, (c, a) => { _ = Find(c, a.Pool); });
        table.Serve(RemoteProcedures.StoragePoolDelete, (c, a) => { _ = Find(c, a.Pool); });
        table.Serve(RemoteProcedures.StoragePoolRefresh, (c, a) => Active(c, a.Pool).Refresh());
        table.Serve(RemoteProcedures.StoragePoolGetXmlDesc, (c, a) => new StoragePoolGetXmlDescRet { Xml = Find(c, a.Pool).GetXml() });
        table.Serve(RemoteProcedures.StoragePoolGetInfo, Info);
        table.Serve(RemoteProcedures.StoragePoolIsActive, (c, a) => new StoragePoolIsActiveRet { Active = Find(c, a.Pool).IsActive ? 1 : 0 });
        table.Serve(RemoteProcedures.StoragePoolIsPersistent, (c, a) => new StoragePoolIsPersistentRet { Persistent = Find(c, a.Pool).IsPersistent ? 1 : 0 });
        table.Serve(RemoteProcedures.StoragePoolGetAutostart, (c, a) => new StoragePoolGetAutostartRet { Autostart = Find(c, a.Pool).Autostart ? 1 : 0 });
        table.Serve(RemoteProcedures.StoragePoolSetAutostart, (c, a) => Find(c, a.Pool).Autostart = a.Autostart != 0);
    }

    /// <summary>A pool that must be started.</summary>
    public static SimulatedStoragePool Active(CallContext context, RemoteStoragePool pool)
    {
        SimulatedStoragePool found = Find(context, pool);
        found.EnsureActive();
        return found;
    }

    private static SimulatedStoragePool Find(CallContext context, RemoteStoragePool pool) => context.Host.StoragePools.Find(pool);

    private static ConnectListAllStoragePoolsRet ListAll(CallContext context, ConnectListAllStoragePoolsArgs arguments)
    {
        ConnectListAllStoragePoolsFlags flags = (ConnectListAllStoragePoolsFlags)arguments.Flags;
        RemoteStoragePool[] found =
        [
            .. context.Host.StoragePools.All
                .Where(p => Pair(flags, ConnectListAllStoragePoolsFlags.Active, ConnectListAllStoragePoolsFlags.Inactive, p.IsActive)
                    && Pair(flags, ConnectListAllStoragePoolsFlags.Persistent, ConnectListAllStoragePoolsFlags.Transient, p.IsPersistent)
                    && Pair(flags, ConnectListAllStoragePoolsFlags.Autostart, ConnectListAllStoragePoolsFlags.NoAutostart, p.Autostart)
                    && HasType(flags, p.Type))
                .Select(p => p.Wire),
        ];
        return new ConnectListAllStoragePoolsRet { Pools = arguments.NeedResults == 0 ? [] : found, Ret = (uint)found.Length };
    }

    private static bool Pair(ConnectListAllStoragePoolsFlags flags, ConnectListAllStoragePoolsFlags yes, ConnectListAllStoragePoolsFlags no, bool holds) =>
        (flags & (yes | no)) == 0 || flags.HasFlag(holds ? yes : no);

    private static bool HasType(ConnectListAllStoragePoolsFlags flags, string type)
    {
        const ConnectListAllStoragePoolsFlags AllTypes = (ConnectListAllStoragePoolsFlags)~0x3Fu;
        ConnectListAllStoragePoolsFlags own = type switch
        {
            "dir" => ConnectListAllStoragePoolsFlags.Dir,
            "fs" => ConnectListAllStoragePoolsFlags.FS,
            "netfs" => ConnectListAllStoragePoolsFlags.NetFS,
            "logical" => ConnectListAllStoragePoolsFlags.Logical,
            "disk" => ConnectListAllStoragePoolsFlags.Disk,
            "iscsi" => ConnectListAllStoragePoolsFlags.Iscsi,
            "rbd" => ConnectListAllStoragePoolsFlags.Rbd,
            "zfs" => ConnectListAllStoragePoolsFlags.Zfs,
            _ => ConnectListAllStoragePoolsFlags.None,
        };
        return (flags & AllTypes) == 0 || (flags & own) != 0;
    }

    private static StoragePoolGetInfoRet Info(CallContext context, StoragePoolGetInfoArgs arguments)
    {
        SimulatedStoragePool pool = Find(context, arguments.Pool);
        return new StoragePoolGetInfoRet
        {
            State = (byte)(pool.IsActive ? StoragePoolState.Running : StoragePoolState.Inactive),
            Capacity = pool.Capacity,
            Allocation = pool.Allocation,
            Available = pool.Available,
        };
    }
}
