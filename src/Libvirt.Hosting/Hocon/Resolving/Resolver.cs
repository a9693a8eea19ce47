using System.Runtime.CompilerServices;
using Libvirt.Hosting.Hocon.Syntax;

namespace Libvirt.Hosting.Hocon.Resolving;

/// <summary>
/// Turns nodes into values: merges what was assigned to each field and replaces substitutions. Fields are resolved when they are first needed, so the
/// order in which they are written does not matter.
/// </summary>
internal sealed partial class Resolver(ObjectNode root, Func<string, string?> environment)
{
    private readonly Dictionary<FieldNode, HoconValue?> _fields = [];
    private readonly Dictionary<(FieldNode, int), HoconValue?> _assignments = [];
    private readonly List<Frame> _underWay = [];

    // How many substitutions have been followed to get here.
    private int _jumps;

    /// <summary>An assignment that is being resolved.</summary>
    /// <param name="Field">Its field.</param>
    /// <param name="Index">Which of the field's assignments.</param>
    /// <param name="Jump">After how many substitutions.</param>
    private readonly record struct Frame(FieldNode Field, int Index, int Jump);

    public HoconObject Resolve() => ResolveObject(root);

    private HoconObject ResolveObject(ObjectNode node)
    {
        OrderedDictionary<string, HoconValue> members = new(StringComparer.Ordinal);
        foreach (FieldNode field in node.Fields)
        {
            if (ResolveField(field) is { } value)
                members.Add(field.Name, value);
        }

        return Bounded(new HoconObject(members), node);
    }

    private HoconValue? ResolveField(FieldNode field)
    {
        if (!_fields.TryGetValue(field, out HoconValue? value))
        {
            value = ResolveBelow(field, field.Assignments.Count);
            _fields.Add(field, value);
        }

        return value;
    }

    /// <summary>What a field is by its first <paramref name="count"/> assignments; null when that is nothing.</summary>
    private HoconValue? ResolveBelow(FieldNode field, int count)
    {
        HoconObject? top = null;
        for (int i = count - 1; i >= 0; i--)
        {
            HoconValue? value = ResolveAssignment(field, i);
            if (Decide(value, field.Assignments[i], ref top) is { } decided)
                return decided;
        }

        return top;
    }

    // From the newest to the oldest: objects merge until something else ends them.
    private HoconValue? Decide(HoconValue? value, HoconNode node, ref HoconObject? top)
    {
        if (value is HoconObject found)
            top = top is null ? found : Merge(found, top, node);
        else if (value is not null)
            return top ?? value;
        return null;
    }

    private HoconValue? ResolveAssignment(FieldNode field, int index)
    {
        if (_assignments.TryGetValue((field, index), out HoconValue? value))
            return value;
        HoconNode node = field.Assignments[index];
        RefuseCycle(field, index, node);
        _underWay.Add(new Frame(field, index, _jumps));
        value = ResolveNode(node);
        _underWay.RemoveAt(_underWay.Count - 1);
        _assignments.Add((field, index), value);
        return value;
    }

    private HoconValue? ResolveNode(HoconNode node)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new HoconException(node.Position, "values and substitutions are nested too deep");
        return node switch
        {
            LiteralNode literal => new HoconScalar(literal.Text),
            ObjectNode child => ResolveObject(child),
            ArrayNode array => ResolveArray(array),
            ConcatenationNode concatenation => ResolveConcatenation(concatenation),
            SubstitutionNode substitution => ResolveSubstitution(substitution),
            _ => throw new InvalidOperationException($"{node.GetType().Name} has no value."),
        };
    }

    private HoconArray ResolveArray(ArrayNode node)
    {
        List<HoconValue> elements = [];
        foreach (HoconNode element in node.Elements)
        {
            if (ResolveNode(element) is { } value)
                elements.Add(value);
        }

        return Bounded(new HoconArray(elements), node);
    }

    private void RefuseCycle(FieldNode field, int index, HoconNode node)
    {
        int first = _underWay.FindIndex(frame => frame.Field == field && frame.Index == index);
        if (first < 0)
            return;
        IEnumerable<string> names = _underWay.Skip(first).Select(static frame => frame.Field.Name).Append(field.Name);
        throw new HoconException(node.Position, $"the value refers to itself in a circle: {string.Join(" -> ", names)}");
    }

    private static T Bounded<T>(T value, HoconNode node)
        where T : HoconValue =>
        value.Depth <= HoconLimits.MaxDepth ? value : throw new HoconException(node.Position, $"values are nested more than {HoconLimits.MaxDepth} deep");
}
