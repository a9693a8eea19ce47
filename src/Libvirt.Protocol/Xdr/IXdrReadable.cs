namespace Libvirt.Protocol;

/// <summary>A type that reads itself from XDR.</summary>
public interface IXdrReadable<TSelf>
    where TSelf : IXdrReadable<TSelf>
{
    /// <summary>The fewest bytes that a value takes on the wire: what a count of them may be checked against before anything is allocated.</summary>
    static abstract int MinimumWireSize { get; }

    /// <summary>Reads one value. Does not ask for the end of the payload.</summary>
    /// <exception cref="ProtocolException">The bytes are not such a value.</exception>
    static abstract TSelf Read(ref XdrReader reader);
}
