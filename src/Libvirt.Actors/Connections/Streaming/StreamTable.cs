using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Diagnostics;
using Libvirt.Protocol;
using Libvirt.Streams;
using Microsoft.Extensions.Logging;

namespace Libvirt.Connections;

/// <summary>
/// The streams of one connection, by serial: passes received packets to their actors and writes outgoing ones. The meaning of a packet is the business of
/// the stream's actor. Used in the connection's turns only.
/// </summary>
/// <param name="serials">The serials of the connection. That of a stream is reserved until both sides have ended the stream.</param>
/// <param name="sender">Where packets are written.</param>
/// <param name="connection">The connection.</param>
/// <param name="startActor">Starts the actor of a stream and watches it; <see cref="Remove"/> is to be called when it has stopped.</param>
/// <param name="log">The connection's log.</param>
internal sealed class StreamTable(
    SerialMap serials, FrameSender sender, ConnectionHandle connection, Func<StreamPort, MessageHeader, IActorRef> startActor, ILogger log)
{
    private readonly Dictionary<uint, RunningStream> _running = [];
    private readonly HashSet<uint> _unclaimed = [];
    private readonly EarlyPackets _early = new(serials);
    private readonly OutgoingPackets _outgoing = new();

    /// <summary>The streams whose actors have not stopped.</summary>
    public int Count => _running.Count;

    /// <summary>Whether a message with that header belongs to a stream that has begun and that the daemon has not ended.</summary>
    public bool Includes(in MessageHeader header) => _running.ContainsKey(header.Serial) || _unclaimed.Contains(header.Serial);

    /// <summary>
    /// The reply to the call that begins a stream has arrived. To be called before the call is completed and the next packet is routed, so that no packet of
    /// the stream comes too early.
    /// </summary>
    public void Begin(in MessageHeader reply, StreamPort port)
    {
        uint serial = reply.Serial;
        MessageHeader header = reply with { Type = MessageType.Stream };
        IActorRef actor = startActor(port, header);
        _running.Add(serial, new RunningStream(actor, port, header));
        serials.Reserve(serial);
        port.Begin(actor, connection, serial);
        foreach (StreamPacket packet in _early.Take(serial))
            actor.Tell(packet, ActorRefs.NoSender);
    }

    /// <summary>The reply to a call is an error, so no stream begins: drops packets that arrived before it.</summary>
    public void DropEarlyPackets(uint serial) => _early.Take(serial);

    /// <summary>The reply to an abandoned call has arrived. If it begins a stream, the stream is aborted, since it has no actor that would do so.</summary>
    public void Unclaimed(in MessageHeader reply)
    {
        _early.Take(reply.Serial);
        if (reply.Status == MessageStatus.Ok && StreamCalls.Begins(reply))
            Abort(reply with { Type = MessageType.Stream });
    }

    /// <summary>Passes a received packet to the actor of its stream, which then holds <paramref name="frames"/>.</summary>
    /// <exception cref="ProtocolException">The packet contradicts its stream, or too much data came before a reply.</exception>
    public void Route(in MessageHeader header, ReadOnlyMemory<byte> payload, ReceivedFrames frames)
    {
        if (_running.TryGetValue(header.Serial, out RunningStream? stream))
        {
            if (header.Program != stream.Header.Program || header.Procedure != stream.Header.Procedure)
                throw new ProtocolException($"A packet of the stream {header.Serial} names procedure {header.Procedure} of program 0x{header.Program:x}.");
            frames.Hold();
            stream.Actor.Tell(new StreamPacket(header, payload, frames), ActorRefs.NoSender);
            return;
        }

        if (_early.TryKeep(header, payload))
            return;
        // Packets of a stream that has ended on this side may still be under way.
        ConnectionLog.StreamPacketDropped(log, header.Procedure, header.Serial);
        if (header.Status != MessageStatus.Continue && _unclaimed.Remove(header.Serial))
            serials.Release(header.Serial);
    }

    /// <summary>Queues a packet from a writer; fails it when its stream has ended.</summary>
    public void Enqueue(OutgoingPacket packet)
    {
        if (_running.TryGetValue(packet.Serial, out RunningStream? stream) && !stream.IsEnding)
            _outgoing.Add(packet);
        else
            packet.Drop();
    }

    /// <summary>Writes packets as long as the socket accepts each at once, so that at most one packet per stream is in memory.</summary>
    /// <returns>Whether anything was written.</returns>
    public bool Send()
    {
        bool hasSent = false;
        while (!sender.IsBlocked && _outgoing.TryTake(out OutgoingPacket? packet))
        {
            MessageHeader header = _running[packet.Serial].Header with { Status = MessageStatus.Continue };
            if (packet.Hole is { } hole)
                sender.AddHole(header with { Type = MessageType.StreamHole }, hole);
            else if (packet.TryRead(out ReadOnlySpan<byte> data))
                sender.AddData(header, data);
            else
                continue;
            hasSent = true;
            packet.Complete();
            sender.Flush();
        }

        return hasSent;
    }

    /// <summary>Sends the finish or the abort of a stream. Packets that still wait are not sent.</summary>
    public void SendEnd(in MessageHeader end)
    {
        if (!_running.TryGetValue(end.Serial, out RunningStream? stream))
            return;
        stream.IsEnding = true;
        _outgoing.Drop(end.Serial);
        sender.AddEmpty(end);
    }

    /// <summary>
    /// The actor of a stream has stopped. If it has not ended its stream with the daemon, the stream is aborted, and its serial stays reserved until the daemon
    /// acknowledges the end.
    /// </summary>
    public void Remove(uint serial)
    {
        if (!_running.Remove(serial, out RunningStream? stream))
            return;
        // An actor that failed while it was created has not ended its stream.
        if (!stream.Port.Completion.IsCompleted)
            stream.Port.End(StreamActor.Failure(stream.Port.Procedure, null), byProtocol: false);
        _outgoing.Drop(serial);
        if (stream.Port.EndedByProtocol)
            serials.Release(serial);
        else if (stream.IsEnding)
            _unclaimed.Add(serial);
        else
            Abort(stream.Header);
    }

    /// <summary>The connection has ended: nothing more is sent.</summary>
    public void DropOutgoing() => _outgoing.DropAll();

    /// <summary>The connection and the actors of all streams have stopped: ends the streams whose actors failed while they were created.</summary>
    public void EndAbandoned()
    {
        foreach (StreamPort port in _running.Values.Select(static stream => stream.Port).Where(static port => !port.Completion.IsCompleted))
            port.End(CallFailures.ConnectionEnded(port.Procedure, sent: true, connection.EndReason), byProtocol: false);
    }

    private void Abort(in MessageHeader header)
    {
        _unclaimed.Add(header.Serial);
        serials.Reserve(header.Serial);
        sender.AddEmpty(header with { Status = MessageStatus.Error });
    }
}
