namespace Libvirt.Protocol;

/// <summary>
/// The bytes at hand break the protocol: a length beyond its limit, a payload that ends early or has bytes left over, a discriminant that
/// does not exist. The one exception that reading from a peer throws.
/// </summary>
public sealed class ProtocolException : Exception
{
    private const string Help = "docs/troubleshooting.md#protocol-error";

    /// <summary>An exception without a text.</summary>
    public ProtocolException()
    {
        HelpLink = Help;
    }

    /// <summary>An exception that says what was found and what is allowed.</summary>
    public ProtocolException(string message)
        : base(message)
    {
        HelpLink = Help;
    }

    /// <summary>An exception with its cause.</summary>
    public ProtocolException(string message, Exception innerException)
        : base(message, innerException)
    {
        HelpLink = Help;
    }
}
