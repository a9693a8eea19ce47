using System.Diagnostics.CodeAnalysis;

namespace Libvirt.Hosting.Hocon.Syntax;

/// <summary><c>{ ... }</c>: fields in the order of their first appearance.</summary>
internal sealed class ObjectNode(HoconPosition position) : HoconNode(position)
{
    private readonly Dictionary<string, FieldNode> _byName = new(StringComparer.Ordinal);
    private readonly List<FieldNode> _fields = [];

    public IReadOnlyList<FieldNode> Fields => _fields;

    public bool TryGet(string name, [NotNullWhen(true)] out FieldNode? field) => _byName.TryGetValue(name, out field);

    /// <summary>Assigns a value to a field, on top of what it had.</summary>
    public void Assign(string name, HoconNode value)
    {
        if (!_byName.TryGetValue(name, out FieldNode? field))
        {
            field = new FieldNode(name);
            _byName.Add(name, field);
            _fields.Add(field);
        }

        field.Assign(value);
    }

    /// <summary>Assigns every field of another object, assignment by assignment.</summary>
    public void Merge(ObjectNode other)
    {
        foreach (FieldNode field in other.Fields)
        {
            foreach (HoconNode value in field.Assignments)
                Assign(field.Name, value);
        }
    }
}
