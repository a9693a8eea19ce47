using Akka.Actor;
using System.Diagnostics.CodeAnalysis;
using Libvirt.Calls;
using Libvirt.Diagnostics;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt.Connections;

// Streams: their packets to their actors and back. What the packets mean is the stream's own business.
internal sealed partial class ConnectionActor
{
    private readonly Dictionary<uint, RunningStream> _streams = [];
    private readonly HashSet<uint> _unclaimed = [];
    private readonly LinkedList<OutgoingPacket> _outgoing = [];
    private ReceivedFrames? _frames;
    private int _unrouted;

    /// <summary>Runs before the reply's call ends and before the next packet is routed, so that no packet of the stream can come too early.</summary>
    private void BeginStream(in MessageHeader header, IPendingCall call)
    {
        if (call.Stream is not { } port)
            return;
        uint serial = header.Serial;
        MessageHeader packets = header with { Type = MessageType.Stream };
        IActorRef actor = Context.ActorOf(StreamActor.Props(port, packets, handle), $"stream-{serial}");
        _streams.Add(serial, new RunningStream(actor, port, packets));
        _inFlight.Reserve(serial);
        Context.WatchWith(actor, new StreamEnded(serial));
        port.Begin(actor, handle, serial);
        foreach (StreamPacket packet in TakeEarlyPackets(serial))
            actor.Tell(packet, ActorRefs.NoSender);
    }

    private bool IsOfStream(in MessageHeader header) => _streams.ContainsKey(header.Serial) || _unclaimed.Contains(header.Serial);

    private void RouteToStream(in MessageHeader header, int length)
    {
        int end = _frames!.Bytes.Length - _unrouted;
        ReadOnlyMemory<byte> payload = _frames.Bytes[(end - length)..end];
        if (_streams.TryGetValue(header.Serial, out RunningStream? stream))
        {
            if (header.Program != stream.Header.Program || header.Procedure != stream.Header.Procedure)
                throw new ProtocolException($"A packet of the stream {header.Serial} names procedure {header.Procedure} of program 0x{header.Program:x}.");
            _frames.Hold();
            stream.Actor.Tell(new StreamPacket(header, payload, _frames), ActorRefs.NoSender);
            return;
        }

        if (TryKeepEarlyPacket(header, payload))
            return;
        // Packets of a stream that has ended on our side may still be under way.
        ConnectionLog.StreamPacketDropped(_log, header.Procedure, header.Serial);
        if (header.Status != MessageStatus.Continue && _unclaimed.Remove(header.Serial))
            _inFlight.Release(header.Serial);
    }

    /// <summary>The call that began a stream was given up before its reply came: nobody else would tell the daemon to stop.</summary>
    private void AbortUnclaimedStream(in MessageHeader header)
    {
        if (header.Status == MessageStatus.Ok && StreamCalls.Begins(header))
            AbortUnclaimed(header with { Type = MessageType.Stream });
    }

    private void AbortUnclaimed(in MessageHeader header)
    {
        _unclaimed.Add(header.Serial);
        _inFlight.Reserve(header.Serial);
        _sender?.AddEmpty(header with { Status = MessageStatus.Error });
    }

    private void Queue(OutgoingPacket packet)
    {
        if (_state != ConnectionState.Closed && _streams.TryGetValue(packet.Serial, out RunningStream? stream) && !stream.IsEnding)
        {
            // What its writer took back while the socket was busy does not pile up.
            DropOutgoing(static waiting => waiting.IsCompleted);
            _outgoing.AddLast(packet);
        }
        else
        {
            packet.Drop();
        }
    }

    /// <summary>
    /// Sends what waits while the socket takes it at once. Each stream has one packet here at most, so one that writes much neither holds up the
    /// others nor fills the memory.
    /// </summary>
    private void PumpStreams()
    {
        while (_sender is { IsBlocked: false } && _state != ConnectionState.Closed && NextOutgoing(out OutgoingPacket? packet))
        {
            MessageHeader header = _streams[packet.Serial].Header with { Status = MessageStatus.Continue };
            if (packet.Hole is { } hole)
                _sender.AddHole(header with { Type = MessageType.StreamHole }, hole);
            else if (packet.TryRead(out ReadOnlySpan<byte> data))
                _sender.AddData(header, data);
            else
                continue;
            _hasUnprovenData |= role == ConnectionRole.Interactive;
            packet.Complete();
            Flush();
        }
    }

    private bool NextOutgoing([NotNullWhen(true)] out OutgoingPacket? packet)
    {
        while (_outgoing.First is { } first)
        {
            packet = first.Value;
            _outgoing.RemoveFirst();
            if (packet.TryTake())
                return true;
        }

        packet = null;
        return false;
    }

    private void SendEnd(in MessageHeader header)
    {
        if (_state == ConnectionState.Closed || !_streams.TryGetValue(header.Serial, out RunningStream? stream))
            return;
        uint serial = header.Serial;
        stream.IsEnding = true;
        DropOutgoing(packet => packet.Serial == serial);
        _sender!.AddEmpty(header);
    }

    private void AfterStream(uint serial)
    {
        if (_state == ConnectionState.Closed || !_streams.Remove(serial, out RunningStream? stream))
            return;
        // An actor that failed as it was created has not ended its stream.
        if (!stream.Port.Completion.IsCompleted)
            stream.Port.End(StreamActor.Failure(stream.Port.Procedure, null), byProtocol: false);
        DropOutgoing(packet => packet.Serial == serial);
        if (stream.Port.EndedByProtocol)
            _inFlight.Release(serial);
        else
            AbortUnclaimed(stream.Header);
    }

    /// <summary>The actors of all streams have stopped: those that failed as they were created have not ended their streams.</summary>
    private void EndAbandonedStreams()
    {
        foreach (StreamPort port in _streams.Values.Select(static stream => stream.Port).Where(static port => !port.Completion.IsCompleted))
            port.End(CallFailures.ConnectionEnded(port.Procedure, sent: true, handle.EndReason), byProtocol: false);
    }

    private void DropOutgoing(Predicate<OutgoingPacket> which)
    {
        for (LinkedListNode<OutgoingPacket>? node = _outgoing.First; node is not null;)
        {
            LinkedListNode<OutgoingPacket>? next = node.Next;
            if (which(node.Value))
            {
                _outgoing.Remove(node);
                node.Value.Drop();
            }

            node = next;
        }
    }

    private sealed record RunningStream(IActorRef Actor, StreamPort Port, MessageHeader Header)
    {
        /// <summary>Whether our finish or abort is on its way, behind which nothing may follow.</summary>
        public bool IsEnding { get; set; }
    }
}
