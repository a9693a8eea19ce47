using System.Globalization;
using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>The tree of a guest's snapshots.</summary>
internal sealed class SimulatedSnapshots
{
    private readonly SimulatedDomain _domain;
    private readonly Dictionary<string, SimulatedSnapshot> _byName = [];

    public SimulatedSnapshots(SimulatedDomain domain) => _domain = domain;

    public int Count => _byName.Count;

    public SimulatedSnapshot? Current { get; private set; }

    public SimulatedSnapshot Find(string name) => _byName.GetValueOrDefault(name) ??
        throw new SimulatedFailureException(ErrorNumber.NoDomainSnapshot, $"no domain snapshot with matching name '{name}'");

    public SimulatedSnapshot Create(string xml, DomainSnapshotCreateFlags flags)
    {
        XElement given = XmlText.Parse(xml, "domainsnapshot", ErrorDomain.DomainSnapshot);
        DateTimeOffset now = _domain.Host.Time.GetUtcNow();
        string name = given.Text("name") ?? now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (_byName.ContainsKey(name))
            throw new SimulatedFailureException(ErrorNumber.OperationFailed, ErrorDomain.DomainSnapshot, $"domain moment {name} already exists");
        SimulatedSnapshot snapshot = new()
        {
            Name = name,
            Description = given.Text("description"),
            Parent = Current,
            Created = now,
            State = _domain.State,
            IsDiskOnly = flags.HasFlag(DomainSnapshotCreateFlags.DiskOnly),
            Definition = _domain.Current.Copy(),
        };
        if (!flags.HasFlag(DomainSnapshotCreateFlags.NoMetadata))
        {
            _byName.Add(name, snapshot);
            Current = snapshot;
        }
        if (flags.HasFlag(DomainSnapshotCreateFlags.Halt) && _domain.IsActive)
            _domain.End(DomainShutoffReason.FromSnapshot, DomainEventStoppedDetailType.FromSnapshot);
        return snapshot;
    }

    public void Delete(SimulatedSnapshot snapshot, DomainSnapshotDeleteFlags flags)
    {
        SimulatedSnapshot[] descendants = [.. Descendants(snapshot)];
        if (flags.HasFlag(DomainSnapshotDeleteFlags.Children) || flags.HasFlag(DomainSnapshotDeleteFlags.ChildrenOnly))
        {
            foreach (SimulatedSnapshot descendant in descendants)
                Remove(descendant, snapshot);
        }
        if (flags.HasFlag(DomainSnapshotDeleteFlags.ChildrenOnly))
            return;
        foreach (SimulatedSnapshot child in _byName.Values.Where(s => s.Parent == snapshot))
            child.Parent = snapshot.Parent;
        Remove(snapshot, snapshot.Parent);
    }

    public void Revert(SimulatedSnapshot snapshot)
    {
        _domain.Restore(snapshot);
        Current = snapshot;
    }

    /// <summary>The snapshots that a listing's flags ask for.</summary>
    /// <param name="parent">The one below which to look; null for the whole tree.</param>
    /// <param name="flags">libvirt's filter; within the whole tree its first bit asks for roots, below one for all descendants.</param>
    public IEnumerable<SimulatedSnapshot> List(SimulatedSnapshot? parent, DomainSnapshotListFlags flags)
    {
        bool firstBit = flags.HasFlag(DomainSnapshotListFlags.Roots);
        IEnumerable<SimulatedSnapshot> found = parent is null
            ? _byName.Values.Where(s => !firstBit || s.Parent is null)
            : firstBit ? Descendants(parent) : _byName.Values.Where(s => s.Parent == parent);
        return found.Where(s => Passes(s, flags)).OrderBy(s => s.Created).ThenBy(s => s.Name, StringComparer.Ordinal);
    }

    private bool Passes(SimulatedSnapshot snapshot, DomainSnapshotListFlags flags)
    {
        bool isLeaf = !_byName.Values.Any(s => s.Parent == snapshot);
        return !flags.HasFlag(DomainSnapshotListFlags.NoMetadata) && !flags.HasFlag(DomainSnapshotListFlags.External)
            && OneOf(flags, DomainSnapshotListFlags.Leaves, isLeaf, DomainSnapshotListFlags.NoLeaves, !isLeaf)
            && OneOf(flags, DomainSnapshotListFlags.Inactive, snapshot.State == DomainState.Shutoff, DomainSnapshotListFlags.Active,
                snapshot.State != DomainState.Shutoff && !snapshot.IsDiskOnly);
    }

    // Of a pair of opposite filters, none set means that it does not matter.
    private static bool OneOf(DomainSnapshotListFlags flags, DomainSnapshotListFlags first, bool isFirst, DomainSnapshotListFlags second, bool isSecond) =>
        (flags & (first | second)) == 0 || flags.HasFlag(first) && isFirst || flags.HasFlag(second) && isSecond;

    private IEnumerable<SimulatedSnapshot> Descendants(SimulatedSnapshot snapshot) =>
        _byName.Values.Where(s => s.Parent == snapshot).SelectMany(s => Descendants(s).Prepend(s));

    private void Remove(SimulatedSnapshot snapshot, SimulatedSnapshot? successor)
    {
        _byName.Remove(snapshot.Name);
        if (Current == snapshot)
            Current = successor;
    }
}
