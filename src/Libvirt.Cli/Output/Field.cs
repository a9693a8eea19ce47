namespace Libvirt.Cli.Output;

/// <summary>One value of a result.</summary>
/// <param name="Name">libvirt's name for it, which JSON uses.</param>
/// <param name="Label">What people read in front of it or above it.</param>
/// <param name="Text">The value for people.</param>
/// <param name="Value">The value for programs: null, a text, a number, a truth, or the JSON itself.</param>
internal sealed record Field(string Name, string Label, string Text, object? Value)
{
    /// <summary>A text.</summary>
    public static Field Of(string name, string label, string value) => new(name, label, value, value);

    /// <summary>A number with its unit for people.</summary>
    public static Field Of(string name, string label, long value, string unit = "") =>
        new(name, label, unit.Length == 0 ? $"{value}" : $"{value} {unit}", value);

    /// <inheritdoc cref="Of(string, string, long, string)"/>
    public static Field Of(string name, string label, ulong value, string unit = "") =>
        new(name, label, unit.Length == 0 ? $"{value}" : $"{value} {unit}", value);

    /// <summary>A truth, in the two words that people read.</summary>
    public static Field Of(string name, string label, bool value, string yes = "yes", string no = "no") =>
        new(name, label, value ? yes : no, value);
}
