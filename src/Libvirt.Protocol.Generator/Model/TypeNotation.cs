namespace Libvirt.Protocol.Generator.Model;

/// <summary>How a type stands in the model: <c>T</c>, <c>T*</c> (optional), <c>T[N]</c> (fixed) or <c>T&lt;N&gt;</c> (up to N).</summary>
/// <param name="Element">A built-in type's short name or a defined type's name.</param>
/// <param name="Shape">0, or one of <c>* [ &lt;</c>.</param>
/// <param name="Size">The number or constant in brackets; empty where there is none.</param>
public readonly record struct TypeNotation(string Element, char Shape, string Size)
{
    /// <summary>The notation's parts.</summary>
    /// <exception cref="FormatException">It is not of the form above.</exception>
    public static TypeNotation Parse(string text)
    {
        int end = text.AsSpan().IndexOfAny('*', '[', '<');
        if (end < 0)
            return new TypeNotation(text, '\0', "");
        char shape = text[end];
        char close = shape switch { '[' => ']', '<' => '>', _ => '*' };
        if (end == 0 || text[^1] != close || (shape == '*' && end != text.Length - 1))
            throw new FormatException($"'{text}' is not a type of the model.");
        return new TypeNotation(text[..end], shape, shape == '*' ? "" : text[(end + 1)..^1]);
    }

    /// <inheritdoc/>
    public override string ToString() => Shape switch
    {
        '*' => Element + "*",
        '[' => $"{Element}[{Size}]",
        '<' => $"{Element}<{Size}>",
        _ => Element,
    };
}
