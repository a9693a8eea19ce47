namespace Libvirt.Authentication;

/// <summary>What an authentication leaves behind to protect all that follows: bytes are wrapped before they are sent and unwrapped when they come.</summary>
internal interface ISecurityLayer : IDisposable
{
    /// <summary>The most bytes that one <see cref="Wrap"/> takes.</summary>
    int MaxClear { get; }

    /// <summary>The most bytes that one wrapped packet from the daemon may have.</summary>
    int MaxWrapped { get; }

    byte[] Wrap(ReadOnlySpan<byte> clear);

    /// <exception cref="Protocol.ProtocolException">The packet was not made by the daemon for us, or was changed on its way.</exception>
    byte[] Unwrap(ReadOnlySpan<byte> wrapped);
}
