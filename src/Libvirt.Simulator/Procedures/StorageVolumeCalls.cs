namespace Libvirt.Simulator;

/// <summary>Storage volumes and their content.</summary>
internal static class StorageVolumeCalls
{
    private const uint Sparse = (uint)StorageVolDownloadFlags.SparseStream;
    private const uint Allocate = 1;
    private const uint Delta = 2;
    private const uint Shrink = 4;

    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(RemoteProcedures.StoragePoolNumOfVolumes, (c, a) => new StoragePoolNumOfVolumesRet { Num = StoragePoolCalls.Active(c, a.Pool).Volumes.Count });
        table.Serve(RemoteProcedures.StoragePoolListVolumes,
            (c, a) => new StoragePoolListVolumesRet { Names = [.. StoragePoolCalls.Active(c, a.Pool).Volumes.Select(v => v.Name).Take(a.MaxNames)] });
        table.Serve(RemoteProcedures.StoragePoolListAllVolumes, (c, a) =>
        {
            RemoteStorageVol[] all = [.. StoragePoolCalls.Active(c, a.Pool).Volumes.Select(v => v.Wire)];
            return new StoragePoolListAllVolumesRet { Vols = a.NeedResults == 0 ? [] : all, Ret = (uint)all.Length };
        });
        table.Serve(RemoteProcedures.StorageVolLookupByName,
            (c, a) => new StorageVolLookupByNameRet { Vol = StoragePoolCalls.Active(c, a.Pool).Get(a.Name).Wire });
        table.Serve(RemoteProcedures.StorageVolLookupByKey, (c, a) => new StorageVolLookupByKeyRet { Vol = c.Host.StoragePools.FindVolume(a.Key).Wire });
        table.Serve(RemoteProcedures.StorageVolLookupByPath, (c, a) => new StorageVolLookupByPathRet { Vol = c.Host.StoragePools.FindVolume(a.Path).Wire });
        table.Serve(RemoteProcedures.StorageVolCreateXml, (c, a) =>
        {
            SimulatedStoragePool pool = StoragePoolCalls.Active(c, a.Pool);
            return new StorageVolCreateXmlRet { Vol = pool.Create(a.Xml).Wire };
        });
        table.Serve(RemoteProcedures.StorageVolCreateXmlFrom, (c, a) =>
        {
            SimulatedStoragePool pool = StoragePoolCalls.Active(c, a.Pool);
            return new StorageVolCreateXmlFromRet { Vol = pool.Create(a.Xml, Find(c, a.CloneVolume)).Wire };
        });
        table.Serve(RemoteProcedures.StorageVolDelete, (c, a) => Find(c, a.Vol).Pool.Remove(Find(c, a.Vol)));
        table.Serve(RemoteProcedures.StorageVolWipe, (c, a) => Wipe(Find(c, a.Vol)));
        table.Serve(RemoteProcedures.StorageVolWipePattern, (c, a) => Wipe(Find(c, a.Vol)));
        table.Serve(RemoteProcedures.StorageVolGetXmlDesc, (c, a) => new StorageVolGetXmlDescRet { Xml = Find(c, a.Vol).GetXml() });
        table.Serve(RemoteProcedures.StorageVolGetPath, (c, a) => new StorageVolGetPathRet { Name = Find(c, a.Vol).Path });
        table.Serve(RemoteProcedures.StorageVolGetInfo, (c, a) => new StorageVolGetInfoRet
        {
            Type = (sbyte)StorageVolType.File,
            Capacity = (ulong)Find(c, a.Vol).Capacity,
            Allocation = (ulong)Find(c, a.Vol).Allocation,
        });
        table.Serve(RemoteProcedures.StorageVolGetInfoFlags, (c, a) => new StorageVolGetInfoFlagsRet
        {
            Type = (sbyte)StorageVolType.File,
            Capacity = (ulong)Find(c, a.Vol).Capacity,
            Allocation = (ulong)Find(c, a.Vol).Allocation,
        });
        table.Serve(RemoteProcedures.StorageVolResize, (c, a) => Resize(Find(c, a.Vol), a.Capacity, a.Flags));
        table.Serve(RemoteProcedures.StorageVolDownload, Download);
        table.Serve(RemoteProcedures.StorageVolUpload, Upload);
    }

    private static SimulatedVolume Find(CallContext context, RemoteStorageVol volume) => context.Host.StoragePools.Find(volume);

    private static void Wipe(SimulatedVolume volume) => volume.Content.Punch(0, volume.Capacity);

    private static void Resize(SimulatedVolume volume, ulong capacity, uint flags)
    {
        if ((flags & ~(Allocate | Delta | Shrink)) != 0)
            throw Failures.Argument($"unsupported flags (0x{flags:x}) in function storageVolResize");
        bool shrinks = (flags & Shrink) != 0;
        long change = checked((long)capacity);
        long length = (flags & Delta) == 0 ? change : shrinks ? volume.Capacity - change : volume.Capacity + change;
        if (length < volume.Capacity && !shrinks)
        {
            throw new SimulatedFailureException(
                ErrorNumber.InvalidArg, ErrorDomain.Storage, "Can't shrink capacity below current capacity unless shrink flag explicitly specified");
        }
        volume.Content.Resize(Math.Max(0, length));
    }

    private static XdrVoid Download(CallContext context, StorageVolDownloadArgs arguments)
    {
        SimulatedVolume volume = Find(context, arguments.Vol);
        bool isSparse = (arguments.Flags & Sparse) != 0;
        long offset = checked((long)Math.Min(arguments.Offset, long.MaxValue));
        if (offset > volume.Capacity)
            throw new SimulatedFailureException(ErrorNumber.OperationFailed, ErrorDomain.Storage, $"offset {offset} lies beyond the volume's end");
        long length = arguments.Length == 0 ? long.MaxValue : (long)Math.Min(arguments.Length, long.MaxValue);
        context.Begin(new ReadStream(volume.Content.Read(offset, length, SessionStream.MaxPacket, isSparse), isSparse));
        return XdrVoid.Value;
    }

    private static XdrVoid Upload(CallContext context, StorageVolUploadArgs arguments)
    {
        SimulatedVolume volume = Find(context, arguments.Vol);
        SimulatedHost host = context.Host;
        context.Begin(new VolumeWriteStream(
            volume.Content, checked((long)arguments.Offset), checked((long)arguments.Length), (arguments.Flags & Sparse) != 0, () => Refresh(host, volume.Pool)));
        return XdrVoid.Value;
    }

    // A pool is looked through anew when an upload has ended, and says so.
    private static void Refresh(SimulatedHost host, SimulatedStoragePool pool)
    {
        lock (host.Gate)
            pool.Refresh();
    }
}
