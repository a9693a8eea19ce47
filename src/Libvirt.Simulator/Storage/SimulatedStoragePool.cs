using System.Globalization;
using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>One storage pool of a simulated host. Its volumes hold what is written to them, in memory.</summary>
public sealed class SimulatedStoragePool
{
    private readonly SimulatedHost _host;
    private readonly Dictionary<string, SimulatedVolume> _volumes = [];

    internal SimulatedStoragePool(SimulatedHost host, XElement xml)
    {
        _host = host;
        Xml = xml;
        Name = xml.Text("name")!;
        Uuid = Guid.Parse(xml.Text("uuid")!);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its UUID.</summary>
    public Guid Uuid { get; }

    /// <summary>Whether it is started.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Whether it stays defined when it stops.</summary>
    public bool IsPersistent { get; internal set; }

    /// <summary>Whether it starts with its host.</summary>
    public bool Autostart { get; set; }

    /// <summary>Bytes that fit in.</summary>
    public ulong Capacity { get; set; } = 100UL << 30;

    /// <summary>The directory where its volumes are said to lie.</summary>
    public string TargetPath => Xml.Element("target")?.Text("path") ?? $"/var/lib/libvirt/{Name}";

    /// <summary>Its volumes, by name.</summary>
    public IReadOnlyList<SimulatedVolume> Volumes
    {
        get
        {
            lock (_host.Gate)
                return [.. _volumes.Values.OrderBy(v => v.Name, StringComparer.Ordinal)];
        }
    }

    internal XElement Xml { get; set; }

    internal string Type => (string?)Xml.Attribute("type") ?? "dir";

    internal RemoteStoragePool Wire => new(Name, Uuid);

    internal ulong Allocation => (ulong)_volumes.Values.Sum(v => v.Content.Allocated);

    internal ulong Available => Capacity - Math.Min(Capacity, Allocation);

    /// <summary>A volume by its name; null when there is none.</summary>
    public SimulatedVolume? Find(string name)
    {
        lock (_host.Gate)
            return _volumes.GetValueOrDefault(name);
    }

    /// <summary>Adds a volume whose content is <paramref name="content"/>, in a capacity of at least as many bytes.</summary>
    /// <exception cref="SimulatedFailureException">There is one of this name.</exception>
    public SimulatedVolume AddVolume(string name, long capacity, ReadOnlySpan<byte> content = default)
    {
        lock (_host.Gate)
        {
            SimulatedVolume volume = Add(new SimulatedVolume(this, name, "raw", new SparseMemory(Math.Max(capacity, content.Length))));
            volume.Write(0, content);
            return volume;
        }
    }

    /// <summary>Its document, as <c>virStoragePoolGetXMLDesc</c> gives it.</summary>
    public string GetXml()
    {
        lock (_host.Gate)
        {
            XElement xml = new(Xml);
            (string, ulong)[] sizes = [("available", Available), ("allocation", Allocation), ("capacity", Capacity)];
            foreach ((string name, ulong bytes) in sizes)
            {
                xml.Element(name)?.Remove();
                xml.Element("uuid")!.AddAfterSelf(new XElement(name, new XAttribute("unit", "bytes"), bytes.ToString(CultureInfo.InvariantCulture)));
            }
            return XmlText.Write(xml);
        }
    }

    /// <summary>Starts it.</summary>
    /// <exception cref="SimulatedFailureException">It is started.</exception>
    public void Start()
    {
        lock (_host.Gate)
        {
            if (IsActive)
                throw new SimulatedFailureException(ErrorNumber.OperationInvalid, ErrorDomain.Storage, $"storage pool '{Name}' is already active");
            IsActive = true;
            _host.Publish(ObjectNotices.Lifecycle(this, StoragePoolEventLifecycleType.Started));
        }
    }

    /// <summary>Stops it; its volumes stay.</summary>
    /// <exception cref="SimulatedFailureException">It is not started.</exception>
    public void Stop()
    {
        lock (_host.Gate)
        {
            EnsureActive();
            IsActive = false;
            _host.Publish(ObjectNotices.Lifecycle(this, StoragePoolEventLifecycleType.Stopped));
            if (!IsPersistent)
                _host.StoragePools.Remove(this);
        }
    }

    internal void EnsureActive()
    {
        if (!IsActive)
            throw new SimulatedFailureException(ErrorNumber.OperationInvalid, ErrorDomain.Storage, $"storage pool '{Name}' is not active");
    }

    internal SimulatedVolume Get(string name) => _volumes.GetValueOrDefault(name) ??
        throw new SimulatedFailureException(ErrorNumber.NoStorageVol, ErrorDomain.Storage, $"no storage vol with matching name '{name}'");

    internal SimulatedVolume Add(SimulatedVolume volume)
    {
        if (!_volumes.TryAdd(volume.Name, volume))
            throw new SimulatedFailureException(ErrorNumber.StorageVolExist, ErrorDomain.Storage, $"storage volume name '{volume.Name}' already in use.");
        return volume;
    }

    internal void Remove(SimulatedVolume volume) => _volumes.Remove(volume.Name);

    internal void Refresh() => _host.Publish(ObjectNotices.Refreshed(this));
}
