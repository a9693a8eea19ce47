namespace Libvirt.Hosting.Hocon;

/// <summary>A place in a text.</summary>
/// <param name="Source">The file, or the name that the text was given.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in UTF-16 code units.</param>
internal readonly record struct HoconPosition(string Source, int Line, int Column)
{
    /// <summary>The place at an index of a text.</summary>
    public static HoconPosition At(string source, string text, int index)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, Math.Clamp(index, 0, text.Length));
        return new HoconPosition(source, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    public override string ToString() => $"{Source}({Line},{Column})";
}
