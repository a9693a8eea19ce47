using Libvirt.Dispatch;
using Libvirt.Connections;
using Libvirt.Protocol;

namespace Libvirt.Streams;

/// <summary>
/// A packet of a stream on its way from the connection to the stream's actor. The payload is the receiver's memory: until the packet is released the
/// receiver does not read the socket.
/// </summary>
internal sealed class StreamPacket(in MessageHeader header, ReadOnlyMemory<byte> payload, ReceivedFrames frames) : IUndelivered
{
    public MessageHeader Header { get; } = header;

    public ReadOnlyMemory<byte> Payload => payload;

    /// <summary>The payload is not needed any longer. Once.</summary>
    public void Release() => frames.Release();

    /// <summary>The stream has ended: its packets are stale.</summary>
    public void OnUndelivered() => Release();
}
