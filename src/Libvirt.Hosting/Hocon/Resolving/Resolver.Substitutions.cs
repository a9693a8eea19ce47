using Libvirt.Hosting.Hocon.Syntax;

namespace Libvirt.Hosting.Hocon.Resolving;

// Where substitutions lead.
internal sealed partial class Resolver
{
    private HoconValue? ResolveSubstitution(SubstitutionNode node)
    {
        if (_jumps >= HoconLimits.MaxSubstitutionDepth)
            throw new HoconException(node.Position, $"more than {HoconLimits.MaxSubstitutionDepth} substitutions lead from one to the next");
        HoconValue? value = Find(node);
        if (value is null && environment(node.Text) is { } variable)
            value = new HoconScalar(variable);
        if (value is null && !node.IsOptional)
        {
            throw new HoconException(
                node.Position, $"'${{{node.Text}}}' leads nowhere: there is neither such a setting nor such an environment variable; ${{?{node.Text}}} would be nothing then");
        }

        if (node.MustBeObject && value is not (null or HoconObject))
            throw new HoconException(node.Position, $"'${{{node.Text}}}' is {value.Kind} and stands beside an object");
        return value;
    }

    // In an included file a path means the file's own settings first, then those of the whole.
    private HoconValue? Find(SubstitutionNode node) =>
        (node.Prefix.Count > 0 ? FindFromRoot([.. node.Prefix, .. node.Path]) : null) ?? FindFromRoot(node.Path);

    private HoconValue? FindFromRoot(IReadOnlyList<string> path) =>
        root.TryGet(path[0], out FieldNode? field) ? Find(field, path, 1) : null;

    private HoconValue? Find(FieldNode field, IReadOnlyList<string> path, int next)
    {
        if (next == path.Count)
            return FindWhole(field);
        HoconObject? top = null;
        for (int i = Visible(field) - 1; i >= 0; i--)
        {
            HoconNode assigned = field.Assignments[i];
            HoconValue? value = null;
            if (assigned is ObjectNode members)
            {
                if (members.TryGet(path[next], out FieldNode? member))
                    value = Find(member, path, next + 1);
            }
            else
            {
                HoconValue? whole = Follow(field, i);
                if (whole is not (null or HoconObject))
                    return top;
                value = (whole as HoconObject)?.Find(path, next);
            }

            if (Decide(value, assigned, ref top) is { } decided)
                return decided;
        }

        return top;
    }

    private HoconValue? FindWhole(FieldNode field)
    {
        int visible = Visible(field);
        _jumps++;
        HoconValue? value = visible == field.Assignments.Count ? ResolveField(field) : ResolveBelow(field, visible);
        _jumps--;
        return value;
    }

    private HoconValue? Follow(FieldNode field, int index)
    {
        _jumps++;
        HoconValue? value = ResolveAssignment(field, index);
        _jumps--;
        return value;
    }

    /// <summary>
    /// How many of a field's assignments the current substitution sees. A value that refers to its own field means what the field was before, as in
    /// <c>a = ${a} [1]</c>. Written within a value is all that has come under way since the last substitution was followed.
    /// </summary>
    private int Visible(FieldNode field)
    {
        int visible = field.Assignments.Count;
        foreach (Frame frame in _underWay)
        {
            if (frame.Field == field && frame.Jump == _jumps && frame.Index < visible && field.Assignments[frame.Index] is not ObjectNode)
                visible = frame.Index;
        }

        return visible;
    }
}
