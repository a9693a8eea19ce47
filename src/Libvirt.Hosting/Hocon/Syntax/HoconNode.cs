namespace Libvirt.Hosting.Hocon.Syntax;

/// <summary>A value as it was written, before substitution.</summary>
internal abstract class HoconNode(HoconPosition position)
{
    public HoconPosition Position { get; } = position;
}

/// <summary>A string, number, boolean or null.</summary>
/// <param name="position">Where it stands.</param>
/// <param name="text">The text; null for an unquoted <c>null</c>.</param>
internal sealed class LiteralNode(HoconPosition position, string? text) : HoconNode(position)
{
    public string? Text { get; } = text;
}

/// <summary>White space between the parts of a value; counts only between strings.</summary>
internal sealed class WhitespaceNode(HoconPosition position, string text) : HoconNode(position)
{
    public string Text { get; } = text;
}

/// <summary><c>[ ... ]</c></summary>
internal sealed class ArrayNode(HoconPosition position, IReadOnlyList<HoconNode> elements) : HoconNode(position)
{
    public IReadOnlyList<HoconNode> Elements { get; } = elements;
}

/// <summary>Values side by side on one line.</summary>
internal sealed class ConcatenationNode(HoconPosition position, IReadOnlyList<HoconNode> parts) : HoconNode(position)
{
    public IReadOnlyList<HoconNode> Parts { get; } = parts;

    /// <summary>Whether it can only be an object: objects in braces and substitutions, nothing else.</summary>
    public bool IsOfObjects =>
        Parts.Any(static part => part is ObjectNode) && Parts.All(static part => part is ObjectNode or SubstitutionNode or WhitespaceNode);
}

/// <summary><c>${path}</c> or <c>${?path}</c></summary>
/// <param name="position">Where it stands.</param>
/// <param name="path">The path as written.</param>
/// <param name="prefix">The path at which the file that holds it was included; empty for the outermost.</param>
/// <param name="isOptional">Whether it may lead nowhere.</param>
internal sealed class SubstitutionNode(HoconPosition position, IReadOnlyList<string> path, IReadOnlyList<string> prefix, bool isOptional) : HoconNode(position)
{
    /// <summary>Whether it stands beside an object, so that it has to lead to one.</summary>
    public bool MustBeObject { get; init; }

    public IReadOnlyList<string> Path { get; } = path;

    public IReadOnlyList<string> Prefix { get; } = prefix;

    public bool IsOptional { get; } = isOptional;

    public string Text => string.Join('.', Path);

    public SubstitutionNode BesideObject() => new(Position, Path, Prefix, IsOptional) { MustBeObject = true };
}
