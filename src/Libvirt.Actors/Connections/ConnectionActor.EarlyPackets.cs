using Libvirt.Calls;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt.Connections;

// Packets of a stream that overtake the reply which begins it: a daemon answers in one thread and serves streams in another. They are kept for the reply.
internal sealed partial class ConnectionActor
{
    private const int MaxEarlyBytes = 16 * 1024 * 1024;
    private const int CostOfPacket = 1024;

    private readonly Dictionary<uint, List<StreamPacket>> _early = [];
    private long _earlyBytes;

    /// <summary>
    /// Keeps a copy, since the receiver has to read on: the reply is yet to come. False when no call that begins a stream awaits its reply under that serial.
    /// </summary>
    private bool TryKeepEarlyPacket(in MessageHeader header, ReadOnlyMemory<byte> payload)
    {
        if (!_inFlight.TryGet(header.Serial, out IPendingCall? call) || call is not { Stream: not null, Procedure: { } procedure }
            || procedure.Program != header.Program || procedure.Number != header.Procedure)
            return false;
        _earlyBytes += payload.Length + CostOfPacket;
        if (_earlyBytes > MaxEarlyBytes)
            throw new ProtocolException($"More than {MaxEarlyBytes} bytes of a stream came before the reply to {procedure.Name}.");
        byte[] copy = payload.ToArray();
        ReceivedFrames frames = new();
        frames.Fill(copy);
        if (!_early.TryGetValue(header.Serial, out List<StreamPacket>? packets))
            _early.Add(header.Serial, packets = []);
        packets.Add(new StreamPacket(header, copy, frames));
        return true;
    }

    /// <summary>What came before the reply, which has come now. Each packet is given out once.</summary>
    private List<StreamPacket> TakeEarlyPackets(uint serial)
    {
        if (_early.Count == 0 || !_early.Remove(serial, out List<StreamPacket>? packets))
            return [];
        foreach (StreamPacket packet in packets)
            _earlyBytes -= packet.Payload.Length + CostOfPacket;
        return packets;
    }
}
