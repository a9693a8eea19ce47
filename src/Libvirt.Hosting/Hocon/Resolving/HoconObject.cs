using System.Diagnostics.CodeAnalysis;

namespace Libvirt.Hosting.Hocon.Resolving;

/// <summary>Names and values, in the order of their first appearance.</summary>
internal sealed class HoconObject : HoconValue
{
    private readonly OrderedDictionary<string, HoconValue> _members;

    public HoconObject(OrderedDictionary<string, HoconValue> members)
    {
        _members = members;
        Depth = members.Count == 0 ? 1 : 1 + members.Values.Max(static member => member.Depth);
    }

    public IEnumerable<KeyValuePair<string, HoconValue>> Members => _members;

    public override string Kind => "an object";

    public bool TryGet(string name, [NotNullWhen(true)] out HoconValue? value) => _members.TryGetValue(name, out value);

    /// <summary>The value at the end of a path, or null.</summary>
    public HoconValue? Find(IReadOnlyList<string> path, int from)
    {
        HoconValue current = this;
        for (int i = from; i < path.Count; i++)
        {
            if (current is not HoconObject level || !level.TryGet(path[i], out HoconValue? next))
                return null;
            current = next;
        }

        return current;
    }
}
