using System.Globalization;

namespace Libvirt.Protocol.Schema;

/// <summary>Where in the arguments a value stands; spelled out only when something is wrong with it.</summary>
internal sealed class FieldPath
{
    private readonly FieldPath? _parent;
    private readonly string _text;

    private FieldPath(FieldPath? parent, string text)
    {
        _parent = parent;
        _text = text;
    }

    public static FieldPath Root { get; } = new(null, "");

    public FieldPath Field(string name) => new(this, name);

    public FieldPath Index(int index) => new(this, string.Create(CultureInfo.InvariantCulture, $"[{index}]"));

    /// <inheritdoc/>
    public override string ToString()
    {
        if (_parent is null)
            return "arguments";
        if (ReferenceEquals(_parent, Root))
            return _text;
        return _text[0] == '[' ? $"{_parent}{_text}" : $"{_parent}.{_text}";
    }
}
