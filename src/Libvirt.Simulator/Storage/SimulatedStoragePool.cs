using System.Globalization;
using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>One storage pool of a simulated host. Its volumes hold what is written to them, in memory or in a folder.</summary>
public sealed class SimulatedStoragePool
{
    private readonly SimulatedHost _host;
    private readonly Dictionary<string, SimulatedVolume> _volumes = [];
    private readonly VolumeFolder? _folder;

    /// <param name="host">The host.</param>
    /// <param name="xml">What it is, with a name and a UUID.</param>
    /// <param name="folder">Where its volumes lie; null for in memory. Those that lie there already are its own.</param>
    internal SimulatedStoragePool(SimulatedHost host, XElement xml, VolumeFolder? folder)
    {
        _host = host;
        Xml = xml;
        Name = xml.Text("name")!;
        Uuid = Guid.Parse(xml.Text("uuid")!);
        _folder = folder;
        LookThrough();
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
            SimulatedVolume volume = Add(name, "raw", Math.Max(capacity, content.Length));
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

    /// <summary>Makes a volume from a document, with the content of another one where there is one.</summary>
    /// <exception cref="SimulatedFailureException">The document cannot be used, or there is a volume of its name.</exception>
    internal SimulatedVolume Create(string xml, SimulatedVolume? original = null)
    {
        XElement given = XmlText.Parse(xml, "volume", ErrorDomain.Storage);
        XElement capacity = given.Element("capacity") ?? throw Failures.Xml("missing capacity element", ErrorDomain.Storage);
        long bytes = checked((long)ScaledSize.Bytes(capacity, "bytes"));
        string format = (string?)given.Element("target")?.Element("format")?.Attribute("type") ?? "raw";
        SimulatedVolume volume = Add(given.NameOf(ErrorDomain.Storage), format, Math.Max(bytes, original?.Capacity ?? 0));
        try
        {
            original?.Content.CopyTo(volume.Content);
            return volume;
        }
        catch (SimulatedFailureException)
        {
            // Half a copy is none.
            Remove(volume);
            throw;
        }
    }

    internal void Remove(SimulatedVolume volume)
    {
        _folder?.Delete(volume.Name);
        _volumes.Remove(volume.Name);
    }

    /// <summary>Takes up what was put into its folder, lets go of what was taken out of it, and says so.</summary>
    internal void Refresh()
    {
        LookThrough();
        _host.Publish(ObjectNotices.Refreshed(this));
    }

    private SimulatedVolume Add(string name, string format, long length)
    {
        if (name.Contains('/', StringComparison.Ordinal))
            throw new SimulatedFailureException(ErrorNumber.OperationInvalid, ErrorDomain.Storage, $"volume name '{name}' cannot contain '/'");
        if (_folder is not null && !VolumeFolder.CanHold(name))
            throw new SimulatedFailureException(ErrorNumber.OperationInvalid, ErrorDomain.Storage, $"volume name '{name}' cannot be that of a file");
        if (_volumes.ContainsKey(name))
            throw new SimulatedFailureException(ErrorNumber.StorageVolExist, ErrorDomain.Storage, $"storage volume name '{name}' already in use.");
        SimulatedVolume volume = new(this, name, format, _folder is null ? new SparseMemory(length) : _folder.Create(name, length));
        _volumes.Add(name, volume);
        return volume;
    }

    private void LookThrough()
    {
        if (_folder is null)
            return;
        HashSet<string> found = [.. _folder.Names()];
        foreach (string gone in _volumes.Keys.Except(found).ToArray())
            _volumes.Remove(gone);
        foreach (string name in found.Except(_volumes.Keys).ToArray())
        {
            SparseFile content = _folder.Open(name);
            _volumes.Add(name, new SimulatedVolume(this, name, VolumeFolder.FormatOf(content), content));
        }
    }
}
