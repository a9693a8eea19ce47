using Libvirt.Hosting.Hocon.Syntax;

namespace Libvirt.Hosting.Hocon.Resolving;

// Objects on top of objects, and the bound on all such work.
internal sealed partial class Resolver
{
    private long _work;

    /// <summary>One object with another on top: objects in both merge, everything else is replaced.</summary>
    private HoconObject Merge(HoconObject below, HoconObject top, HoconNode node)
    {
        OrderedDictionary<string, HoconValue> members = new(below.Members, StringComparer.Ordinal);
        Spend(members.Count, node);
        foreach ((string name, HoconValue value) in top.Members)
        {
            Spend(1, node);
            members[name] = value is HoconObject above && members.TryGetValue(name, out HoconValue? existing) && existing is HoconObject under
                ? Merge(under, above, node)
                : value;
        }

        return Bounded(new HoconObject(members), node);
    }

    // A few lines can ask for more than any memory holds: each value twice the one before.
    private void Spend(long amount, HoconNode node)
    {
        _work += amount + 1;
        if (_work > HoconLimits.MaxWork)
            throw new HoconException(node.Position, "the substitutions of this text multiply it beyond all bounds");
    }
}
