namespace Libvirt.Protocol.Generator.Emit;

/// <summary>A type of the wire as C# reads and writes it.</summary>
/// <param name="CSharp">The C# type.</param>
/// <param name="Minimum">The fewest bytes of a value.</param>
/// <param name="Read">The expression that reads one from <c>reader</c>.</param>
/// <param name="Write">The statement that writes one to <c>writer</c>, with <c>{0}</c> for the value.</param>
/// <param name="Limits">What a reader of the documentation should know of its size; may be empty.</param>
public sealed record WireType(string CSharp, int Minimum, string Read, string Write, string Limits = "")
{
    /// <summary>The namespace that the C# type lives in; empty for a built-in one.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Whether it is a defined struct, which reads and writes itself.</summary>
    public bool IsStruct { get; init; }

    /// <summary>Whether it is a C# value type.</summary>
    public bool IsValue { get; init; } = true;

    /// <summary>How an array of it is read and written; null where the protocol has none.</summary>
    public ArrayCode? Array { get; init; }
}

/// <summary>How an array is read and written: <c>{0}</c> is the value, <c>{1}</c> the limit.</summary>
public sealed record ArrayCode(string Read, string Write);
