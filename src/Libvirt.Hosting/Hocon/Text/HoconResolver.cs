using System.Text;
using Akka.Configuration.Hocon;
using Akka.Util.Internal;

namespace Libvirt.Hosting.Hocon.Text;

/// <summary>Resolves the references in the value tree of a text.</summary>
/// <param name="references">The references.</param>
/// <param name="start">The beginning of the text, for errors that have no other place.</param>
internal sealed class HoconResolver(ReferenceTable references, HoconPosition start)
{
    private readonly HashSet<HoconValue> _active = new(ReferenceEqualityComparer.Instance);
    private int _resolutions;

    /// <summary>The settings of the outermost text.</summary>
    public HoconObject Root { get; set; } = new();

    /// <summary>What a value is, with all references in it resolved: an object, a list of values, a text, or nothing for null.</summary>
    /// <exception cref="HoconException">A reference cannot be resolved.</exception>
    public object? Resolve(HoconValue value)
    {
        if (value.Values is [HoconObject settings, ..])
            return settings;
        List<IHoconElement> parts = [.. value.Values];
        // The parser keeps the blanks behind a value.
        while (parts is [.., HoconLiteral blank] && parts.Count > 1 && string.IsNullOrWhiteSpace(blank.Value))
            parts.RemoveAt(parts.Count - 1);
        if (parts is [HoconLiteral only] && references.Find(only.Value) is { } reference)
            return Resolve(reference);
        List<(object? Value, HoconReference? Reference)> resolved = [.. parts.Select(Part)];
        return resolved.Any(static part => part.Value is IReadOnlyList<HoconValue>) ? Join(resolved) : Concatenate(resolved);
    }

    private (object? Value, HoconReference? Reference) Part(IHoconElement element) => element switch
    {
        HoconLiteral literal when references.Find(literal.Value) is { } reference => (Resolve(reference), reference),
        HoconLiteral literal => (literal.Value, null),
        HoconArray array => ((IReadOnlyList<HoconValue>)array, null),
        _ => throw new HoconException(start, "the text is not valid HOCON"),
    };

    private object? Resolve(HoconReference reference)
    {
        if (++_resolutions > HoconLimits.MaxResolutions)
            throw Unresolved(reference, "the references of this text multiply beyond every limit");
        HoconValue? target = (reference.Scope.Root is { } own ? Find(own, reference) : null) ?? Find(Root, reference);
        if (target is not null)
            return Resolve(target, reference);
        string? variable = HoconScanner.EnvironmentName().IsMatch(reference.Path) ? Environment.GetEnvironmentVariable(reference.Path) : null;
        return variable ?? throw Unresolved(reference, $"'{reference.Path}' is neither a setting of this text nor an environment variable");
    }

    private object? Resolve(HoconValue target, HoconReference reference)
    {
        if (!_active.Add(target))
            throw Unresolved(reference, $"'{reference.Path}' refers to itself");
        if (_active.Count > HoconLimits.MaxReferenceDepth)
            throw Unresolved(reference, $"more than {HoconLimits.MaxReferenceDepth} references lead from one to the next");
        object? resolved = Resolve(target);
        _active.Remove(target);
        return resolved;
    }

    private HoconValue? Find(HoconObject root, HoconReference reference)
    {
        string[] parts = [.. reference.Path.SplitDottedPathHonouringQuotes()];
        HoconObject? settings = root;
        foreach (string part in parts[..^1])
        {
            if (settings?.GetKey(part) is not { } value)
                return null;
            settings = value.Values is [HoconObject written, ..] ? written : Follow(value);
        }

        return settings?.GetKey(parts[^1]);
    }

    // A value that is one reference can lead to an object that is written elsewhere.
    private HoconObject? Follow(HoconValue value) =>
        value.Values is [HoconLiteral literal, ..] && references.Find(literal.Value) is { } next && !_active.Contains(value)
            ? Resolve(value, next) as HoconObject
            : null;

    private HoconValue[] Join(List<(object? Value, HoconReference? Reference)> parts)
    {
        if (parts.Any(static part => part.Value is not IReadOnlyList<HoconValue> && (part.Reference is not null || !string.IsNullOrWhiteSpace(part.Value as string))))
        {
            HoconReference? reference = parts.Select(static part => part.Reference).FirstOrDefault(static reference => reference is not null);
            throw new HoconException(reference?.Scope.At(reference.Index) ?? start, "a list cannot stand beside another value");
        }

        HoconValue[] joined = [.. parts.SelectMany(static part => part.Value as IReadOnlyList<HoconValue> ?? [])];
        return joined.Length <= HoconLimits.MaxSettings ? joined : throw new HoconException(start, $"a list has more than {HoconLimits.MaxSettings} elements");
    }

    private string? Concatenate(List<(object? Value, HoconReference? Reference)> parts)
    {
        StringBuilder text = new();
        foreach ((object? value, HoconReference? reference) in parts)
        {
            if (value is HoconObject)
                throw Unresolved(reference!, $"'{reference!.Path}' is an object, which cannot stand beside another value");
            text.Append(value as string);
            if (text.Length > HoconLimits.MaxValueLength)
                throw new HoconException(start, $"a value has more than {HoconLimits.MaxValueLength} characters");
        }

        // As Akka reads it.
        string whole = text.ToString().Trim();
        return whole == "null" ? null : whole;
    }

    private static HoconException Unresolved(HoconReference reference, string problem) => new(reference.Scope.At(reference.Index), problem);
}
