using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Libvirt.Protocol.Remote;

namespace Libvirt;

/// <summary>
/// libvirt's typed parameters: values by name, each of its own type. In their order and with repeated names, as some calls have them; a lookup
/// finds the first of a name. Immutable; make new ones with <see cref="TypedParametersBuilder"/>. Its text never shows a value.
/// </summary>
public sealed class TypedParameters : IReadOnlyList<RemoteTypedParam>
{
    private const int IndexedFrom = 12;

    private readonly RemoteTypedParam[] _parameters;
    private Dictionary<string, int>? _index;

    internal TypedParameters(RemoteTypedParam[] parameters)
    {
        _parameters = parameters;
    }

    /// <summary>No parameters.</summary>
    public static TypedParameters Empty { get; } = new([]);

    /// <summary>How many there are.</summary>
    public int Count => _parameters.Length;

    /// <summary>The parameter at a place.</summary>
    public RemoteTypedParam this[int index] => _parameters[index];

    /// <summary>The value of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public RemoteTypedParamValue this[string name] =>
        TryGetValue(name, out RemoteTypedParamValue value) ? value : throw new KeyNotFoundException($"There is no parameter '{name}'.");

    /// <summary>Whether a name is there.</summary>
    public bool Contains(string name) => Find(name) >= 0;

    /// <summary>The value of a name, if it is there.</summary>
    public bool TryGetValue(string name, out RemoteTypedParamValue value)
    {
        int index = Find(name);
        value = index < 0 ? default : _parameters[index].Value;
        return index >= 0;
    }

    /// <summary>All values of a name in their order.</summary>
    public IEnumerable<RemoteTypedParamValue> All(string name) =>
        _parameters.Where(p => p.Field == name).Select(p => p.Value);

    /// <summary>An integer of any width that fits.</summary>
    /// <returns>Whether the name is there with such a value.</returns>
    public bool TryGetInt64(string name, out long value)
    {
        value = 0;
        return TryGetValue(name, out RemoteTypedParamValue found) && TypedNumbers.TryInt64(found, out value);
    }

    /// <summary>An integer of any width that fits and is not negative.</summary>
    /// <returns>Whether the name is there with such a value.</returns>
    public bool TryGetUInt64(string name, out ulong value)
    {
        value = 0;
        return TryGetValue(name, out RemoteTypedParamValue found) && TypedNumbers.TryUInt64(found, out value);
    }

    /// <summary>A number of any type.</summary>
    /// <returns>Whether the name is there with such a value.</returns>
    public bool TryGetDouble(string name, out double value)
    {
        value = 0;
        return TryGetValue(name, out RemoteTypedParamValue found) && TypedNumbers.TryDouble(found, out value);
    }

    /// <summary>A truth value.</summary>
    /// <returns>Whether the name is there with such a value.</returns>
    public bool TryGetBoolean(string name, out bool value)
    {
        bool present = TryGetValue(name, out RemoteTypedParamValue found) && found.Type == TypedParameterType.Boolean;
        value = present && found.AsBoolean();
        return present;
    }

    /// <summary>A text.</summary>
    /// <returns>Whether the name is there with such a value.</returns>
    public bool TryGetString(string name, [NotNullWhen(true)] out string? value)
    {
        value = TryGetValue(name, out RemoteTypedParamValue found) && found.Type == TypedParameterType.String ? found.AsString() : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public IEnumerator<RemoteTypedParam> GetEnumerator() => ((IEnumerable<RemoteTypedParam>)_parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>How many there are; a value may be a secret.</summary>
    public override string ToString() => $"{Count} parameters";

    /// <summary>A number that an older daemon may not tell.</summary>
    internal uint UInt32OrZero(string name) => TryGetUInt64(name, out ulong value) && value <= uint.MaxValue ? (uint)value : 0;

    /// <summary>The wire's form. Not a copy: the wire only reads it.</summary>
    internal RemoteTypedParam[] ToWire() => _parameters;

    private int Find(string name)
    {
        if (_parameters.Length < IndexedFrom)
            return Array.FindIndex(_parameters, p => p.Field == name);
        _index ??= Index();
        return _index.GetValueOrDefault(name, -1);
    }

    private Dictionary<string, int> Index()
    {
        Dictionary<string, int> index = new(_parameters.Length, StringComparer.Ordinal);
        for (int i = 0; i < _parameters.Length; i++)
            index.TryAdd(_parameters[i].Field, i);
        return index;
    }
}
