using System.Collections.Concurrent;

namespace Libvirt.Diagnostics;

/// <summary>What is alive now and can be asked for a reading.</summary>
internal sealed class LiveSet<T>
    where T : class
{
    private readonly ConcurrentDictionary<T, bool> _members = new(ReferenceEqualityComparer.Instance);

    public void Add(T member) => _members.TryAdd(member, true);

    public void Remove(T member) => _members.TryRemove(member, out _);

    public IReadOnlyCollection<T> Snapshot() => [.. _members.Keys];
}
