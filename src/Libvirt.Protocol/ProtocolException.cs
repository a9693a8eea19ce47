namespace Libvirt.Protocol;

/// <summary>
/// The bytes at hand break the protocol: a length beyond its limit, a payload that ends early or has bytes left over, a discriminant that
/// does not exist. The one exception that reading from a peer throws.
/// </summary>
public sealed class ProtocolException : Exception
{
    /// <summary>An exception without a text.</summary>
    public ProtocolException()
    {
    }

    /// <summary>An exception that says what was found and what is allowed.</summary>
    public ProtocolException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with its cause.</summary>
    public ProtocolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
