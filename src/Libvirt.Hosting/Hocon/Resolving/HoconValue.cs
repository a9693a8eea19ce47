namespace Libvirt.Hosting.Hocon.Resolving;

/// <summary>A value after substitution.</summary>
internal abstract class HoconValue
{
    /// <summary>How many levels it has below itself.</summary>
    public int Depth { get; protected init; }

    /// <summary>What errors call it.</summary>
    public abstract string Kind { get; }
}

/// <summary>A text, or null.</summary>
internal sealed class HoconScalar(string? text) : HoconValue
{
    public string? Text { get; } = text;

    public override string Kind => "a plain value";
}

/// <summary>Elements in order.</summary>
internal sealed class HoconArray : HoconValue
{
    public HoconArray(IReadOnlyList<HoconValue> elements)
    {
        Elements = elements;
        Depth = elements.Count == 0 ? 1 : 1 + elements.Max(static element => element.Depth);
    }

    public IReadOnlyList<HoconValue> Elements { get; }

    public override string Kind => "an array";
}
