namespace Libvirt.Hosting.Hocon.Syntax;

/// <summary>A field and everything that was assigned to it, the oldest first. Self-references and merges look at the older ones.</summary>
internal sealed class FieldNode(string name)
{
    private readonly List<HoconNode> _assignments = [];

    public string Name { get; } = name;

    public IReadOnlyList<HoconNode> Assignments => _assignments;

    public void Assign(HoconNode value)
    {
        // ${base} { ... } is ${base} first and the braces on top, which lets the braces refer to one another.
        if (value is ConcatenationNode { IsOfObjects: true } objects)
        {
            foreach (HoconNode part in objects.Parts)
                AssignOne(part is SubstitutionNode substitution ? substitution.BesideObject() : part);
        }
        else
        {
            AssignOne(value);
        }
    }

    private void AssignOne(HoconNode value)
    {
        if (value is WhitespaceNode)
            return;
        // Plain objects merge at once, so that a dotted key and the braces around it are one and the same.
        if (value is ObjectNode added && _assignments is [.., ObjectNode existing])
        {
            existing.Merge(added);
            return;
        }

        // A plain value hides all before it for good; only values that look around need what they replace.
        if (value is LiteralNode)
            _assignments.Clear();
        _assignments.Add(value);
    }
}
