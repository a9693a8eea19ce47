using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>The storage pools of one host.</summary>
public sealed class SimulatedStoragePools
{
    private readonly SimulatedHost _host;
    private readonly Dictionary<Guid, SimulatedStoragePool> _byUuid = [];

    internal SimulatedStoragePools(SimulatedHost host) => _host = host;

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<SimulatedStoragePool> All
    {
        get
        {
            lock (_host.Gate)
                return [.. _byUuid.Values.OrderBy(p => p.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>A pool by its name.</summary>
    /// <exception cref="SimulatedFailureException">There is none.</exception>
    public SimulatedStoragePool this[string name] => Find(name) ??
        throw new SimulatedFailureException(ErrorNumber.NoStoragePool, ErrorDomain.Storage, $"no storage pool with matching name '{name}'");

    /// <summary>A pool by its name; null when there is none.</summary>
    public SimulatedStoragePool? Find(string name)
    {
        lock (_host.Gate)
            return _byUuid.Values.FirstOrDefault(p => p.Name == name);
    }

    /// <summary>Defines a pool from a document, as <c>virStoragePoolDefineXML</c> does; one of the same name and UUID is redefined.</summary>
    /// <exception cref="SimulatedFailureException">The document cannot be used.</exception>
    public SimulatedStoragePool Define(string xml)
    {
        lock (_host.Gate)
        {
            SimulatedStoragePool pool = FindOrAdd(xml);
            pool.IsPersistent = true;
            _host.Publish(ObjectNotices.Lifecycle(pool, StoragePoolEventLifecycleType.Defined));
            return pool;
        }
    }

    internal SimulatedStoragePool Create(string xml)
    {
        SimulatedStoragePool pool = FindOrAdd(xml);
        pool.Start();
        return pool;
    }

    internal SimulatedStoragePool Find(RemoteStoragePool pool) => Find(pool.Uuid, pool.Name);

    internal SimulatedStoragePool Find(Guid uuid, string? name = null) => _byUuid.GetValueOrDefault(uuid) ?? throw new SimulatedFailureException(
        ErrorNumber.NoStoragePool, ErrorDomain.Storage, $"no storage pool with matching uuid '{uuid}'{(name is null ? "" : $" ({name})")}");

    internal SimulatedVolume Find(RemoteStorageVol volume) => this[volume.Pool].Get(volume.Name);

    internal SimulatedVolume FindVolume(string path) => _byUuid.Values.SelectMany(p => p.Volumes).FirstOrDefault(v => v.Path == path) ??
        throw new SimulatedFailureException(ErrorNumber.NoStorageVol, ErrorDomain.Storage, $"no storage vol with matching path '{path}'");

    internal void Undefine(SimulatedStoragePool pool)
    {
        if (pool.IsActive)
            throw new SimulatedFailureException(ErrorNumber.OperationInvalid, ErrorDomain.Storage, $"storage pool '{pool.Name}' is still active");
        _host.Publish(ObjectNotices.Lifecycle(pool, StoragePoolEventLifecycleType.Undefined));
        Remove(pool);
    }

    internal void Remove(SimulatedStoragePool pool) => _byUuid.Remove(pool.Uuid);

    internal void AddDefault()
    {
        SimulatedStoragePool pool = Define(
            $"""
            <pool type='dir'>
              <name>default</name>
              <uuid>{StableUuid.From("pool", _host.Name)}</uuid>
              <target><path>/var/lib/libvirt/images</path></target>
            </pool>
            """);
        pool.Autostart = true;
        pool.Start();
    }

    private SimulatedStoragePool FindOrAdd(string xml)
    {
        XElement given = XmlText.Parse(xml, "pool", ErrorDomain.Storage);
        string name = given.NameOf(ErrorDomain.Storage);
        if (name.Contains('/', StringComparison.Ordinal))
            throw Failures.Xml($"name {name} cannot contain '/'", ErrorDomain.Storage);
        SimulatedStoragePool? same = Find(name);
        Guid uuid = given.Text("uuid") is null && same is not null ? same.Uuid : given.UuidOrNew(ErrorDomain.Storage);
        if (same is not null && same.Uuid != uuid)
            throw new SimulatedFailureException(ErrorNumber.OperationFailed, ErrorDomain.Storage, $"pool '{name}' already exists with uuid {same.Uuid}");
        given.Element("uuid")?.Remove();
        given.Element("name")!.AddAfterSelf(new XElement("uuid", uuid.ToString()));
        if (given.Element("source") is null)
            given.Element("uuid")!.AddAfterSelf(new XElement("source"));
        if (_byUuid.TryGetValue(uuid, out SimulatedStoragePool? existing))
        {
            existing.Xml = given;
            return existing;
        }
        SimulatedStoragePool pool = new(_host, given, FolderOf(name));
        _byUuid.Add(uuid, pool);
        return pool;
    }

    private VolumeFolder? FolderOf(string pool)
    {
        if (_host.StorageFolder is not { } folder)
            return null;
        if (!VolumeFolder.CanHold(pool))
            throw Failures.Xml($"name {pool} cannot be that of a folder", ErrorDomain.Storage);
        return new VolumeFolder(Path.Combine(folder, pool));
    }
}
