using Libvirt.Calls;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt.Connections;

/// <summary>
/// Packets of streams that arrive before the reply that begins their stream: a daemon answers calls in one thread and serves streams in another. They are
/// copied, since the receiver has to read on, and kept until the reply arrives. At most <see cref="MaxBytes"/> for one connection.
/// </summary>
internal sealed class EarlyPackets(SerialMap serials)
{
    /// <summary>How much is kept, in bytes. A daemon that sends more breaks the protocol.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    // Counted for each packet, so that empty ones are limited as well.
    private const int PacketOverhead = 1024;

    private readonly Dictionary<uint, List<StreamPacket>> _packets = [];
    private long _bytes;

    /// <summary>Keeps a copy of a packet. False when no call that begins a stream awaits its reply under that serial.</summary>
    /// <exception cref="ProtocolException">More than <see cref="MaxBytes"/> would be kept.</exception>
    public bool TryKeep(in MessageHeader header, ReadOnlyMemory<byte> payload)
    {
        if (!serials.TryGet(header.Serial, out IPendingCall? call) || call is not { Stream: not null, Procedure: { } procedure }
            || procedure.Program != header.Program || procedure.Number != header.Procedure)
            return false;
        _bytes += payload.Length + PacketOverhead;
        if (_bytes > MaxBytes)
            throw new ProtocolException($"More than {MaxBytes} bytes of a stream came before the reply to {procedure.Name}.");
        byte[] copy = payload.ToArray();
        ReceivedFrames frames = new();
        frames.Fill(copy);
        if (!_packets.TryGetValue(header.Serial, out List<StreamPacket>? packets))
            _packets.Add(header.Serial, packets = []);
        packets.Add(new StreamPacket(header, copy, frames));
        return true;
    }

    /// <summary>The packets of a serial whose reply has arrived, in order. Each is returned once.</summary>
    public List<StreamPacket> Take(uint serial)
    {
        if (_packets.Count == 0 || !_packets.Remove(serial, out List<StreamPacket>? packets))
            return [];
        foreach (StreamPacket packet in packets)
            _bytes -= packet.Payload.Length + PacketOverhead;
        return packets;
    }
}
