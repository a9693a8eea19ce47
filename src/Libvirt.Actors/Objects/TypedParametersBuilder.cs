using System.Collections;
using Libvirt.Protocol.Remote;

namespace Libvirt;

/// <summary>
/// Builds <see cref="TypedParameters"/>. The daemon wants each parameter in the type it knows: the overload chosen decides it, so write
/// <c>100UL</c> where libvirt documents an unsigned long long. Works with a collection initializer.
/// </summary>
public sealed class TypedParametersBuilder : IEnumerable<RemoteTypedParam>
{
    private readonly List<RemoteTypedParam> _parameters = [];

    /// <summary>Adds a parameter of type int.</summary>
    public TypedParametersBuilder Add(string name, int value) => Add(name, RemoteTypedParamValue.FromInt32(value));

    /// <summary>Adds a parameter of type unsigned int.</summary>
    public TypedParametersBuilder Add(string name, uint value) => Add(name, RemoteTypedParamValue.FromUInt32(value));

    /// <summary>Adds a parameter of type long long.</summary>
    public TypedParametersBuilder Add(string name, long value) => Add(name, RemoteTypedParamValue.FromInt64(value));

    /// <summary>Adds a parameter of type unsigned long long.</summary>
    public TypedParametersBuilder Add(string name, ulong value) => Add(name, RemoteTypedParamValue.FromUInt64(value));

    /// <summary>Adds a parameter of type double.</summary>
    public TypedParametersBuilder Add(string name, double value) => Add(name, RemoteTypedParamValue.FromDouble(value));

    /// <summary>Adds a parameter of type boolean.</summary>
    public TypedParametersBuilder Add(string name, bool value) => Add(name, RemoteTypedParamValue.FromBoolean(value));

    /// <summary>Adds a parameter of type string.</summary>
    public TypedParametersBuilder Add(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(name, RemoteTypedParamValue.FromString(value));
    }

    /// <summary>The parameters added so far.</summary>
    public TypedParameters Build() => _parameters.Count == 0 ? TypedParameters.Empty : new TypedParameters([.. _parameters]);

    /// <inheritdoc/>
    public IEnumerator<RemoteTypedParam> GetEnumerator() => _parameters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private TypedParametersBuilder Add(string name, RemoteTypedParamValue value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _parameters.Add(new RemoteTypedParam(name, value));
        return this;
    }
}
