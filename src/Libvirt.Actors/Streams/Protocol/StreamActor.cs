using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Connections;
using Libvirt.Dispatch;
using Libvirt.Protocol;

namespace Libvirt.Streams;

/// <summary>
/// <c>stream-{serial}</c>, a child of its connection: the protocol of one stream, from the reply that begins it to the acknowledgement that ends it. It takes
/// the next packet when its reader has made room for the last; until then the packets hold the receiver's memory, so the socket is not read.
/// </summary>
/// <remarks>When it fails, its connection stops it and aborts the stream at the daemon; its user gets the error.</remarks>
internal sealed class StreamActor(StreamPort port, MessageHeader header, ConnectionHandle connection) : UntypedActor
{
    // Packets of the same receive that came behind the one that waits for its reader.
    private readonly Queue<StreamPacket> _packets = new();
    private readonly CancellationTokenSource _abandoned = CancellationTokenSource.CreateLinkedTokenSource(port.Abandoned);
    private StreamState _state = StreamState.Open;
    private StreamPacket? _waiting;
    private Exception? _abortReason;
    private Exception? _failure;

    public static Props Props(StreamPort port, MessageHeader header, ConnectionHandle connection) =>
        RuntimeProps.Inline(() => new StreamActor(port, header, connection));

    /// <summary>What the user of a stream gets when its actor has failed.</summary>
    public static Exception Failure(Procedure procedure, Exception? reason) =>
        new InvalidOperationException($"The actor of the stream of {procedure.Name} failed; the log of the actor system has the reason.", reason);

    protected override void OnReceive(object message)
    {
        try
        {
            Handle(message);
        }
        catch (Exception error)
        {
            // It reaches the supervisor as well; the stream ends with it in PostStop.
            _failure = Failure(port.Procedure, error);
            throw;
        }
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case StreamPacket packet:
                _packets.Enqueue(packet);
                ReceivePackets();
                break;
            case PacketTaken taken:
                AfterWait(taken.Error);
                ReceivePackets();
                break;
            case FinishStream when _state == StreamState.Open:
                Finish();
                break;
            case FinishStream:
                break;
            case AbortStream:
                Abort(null);
                break;
            case ForgetStream:
                End(_abortReason ?? new OperationCanceledException("The daemon did not acknowledge the abort of the stream."), byProtocol: false);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop()
    {
        _abandoned.Cancel();
        _abandoned.Dispose();
        ReleasePackets();
        if (_state != StreamState.Ended)
            port.End(_failure ?? CallFailures.ConnectionEnded(port.Procedure, sent: true, connection.EndReason), byProtocol: false);
    }

    private void ReceivePackets()
    {
        while (_waiting is null && _packets.TryDequeue(out StreamPacket? packet))
        {
            bool waits = false;
            try
            {
                waits = !TryReceive(packet);
            }
            catch (ProtocolException error)
            {
                Abort(new LibvirtProtocolException($"A packet of the stream of {port.Procedure.Name} cannot be read: {error.Message}", error));
            }
            finally
            {
                if (!waits)
                    packet.Release();
            }
        }
    }

    /// <summary>Handles a packet; false when it waits for its reader.</summary>
    private bool TryReceive(StreamPacket packet)
    {
        switch (packet.Header.Status)
        {
            case MessageStatus.Ok:
                Acknowledged();
                return true;
            case MessageStatus.Error:
                // The daemon has ended the stream: it does not answer anything that is sent now.
                End(ErrorOf(packet));
                return true;
            case MessageStatus.Continue when _state != StreamState.Open:
                // Sent before the daemon received the end.
                return true;
            case MessageStatus.Continue when packet.Header.Type == MessageType.StreamHole:
                return TryAddHole(packet, XdrPayload.Read<StreamHole>(packet.Payload.Span));
            case MessageStatus.Continue when packet.Payload.IsEmpty:
                Finish();
                return true;
            case MessageStatus.Continue:
                return TryAddData(packet);
            default:
                return true;
        }
    }

    private LibvirtException ErrorOf(StreamPacket packet)
    {
        try
        {
            return CallFailures.Remote(port.Procedure, packet.Payload.Span);
        }
        catch (ProtocolException error)
        {
            return new LibvirtProtocolException($"The daemon ended the stream of {port.Procedure.Name} with an error that cannot be read: {error.Message}", error);
        }
    }

    private bool TryAddData(StreamPacket packet)
    {
        ValueTask<bool> added = port.AddAsync(packet.Payload, _abandoned.Token);
        if (!added.IsCompletedSuccessfully)
            return Wait(packet, added.AsTask());
        if (!added.Result)
            Abort(new LibvirtStreamOverflowException(port.Procedure, port.Buffering.Capacity));
        return true;
    }

    private bool TryAddHole(StreamPacket packet, StreamHole hole)
    {
        if (!port.IsSparse || !port.CanAddHole(hole.Length))
        {
            Abort(new LibvirtProtocolException($"{port.Procedure.Name} sent a hole of {hole.Length} bytes into a stream that {(port.IsSparse ? "has no such" : "was not asked for holes")}."));
            return true;
        }

        ValueTask added = port.AddHoleAsync(hole.Length, _abandoned.Token);
        return added.IsCompletedSuccessfully || Wait(packet, added.AsTask());
    }

    private bool Wait(StreamPacket packet, Task added)
    {
        _waiting = packet;
        _ = ReportAsync(added, packet, Self);
        return false;
    }

    private static async Task ReportAsync(Task added, StreamPacket packet, IActorRef self)
    {
        Exception? error = null;
        try
        {
            await added.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The reader or the connection has gone; the message that reports it comes next.
        }
        catch (Exception failure)
        {
            error = failure;
        }

        // Here and not in the actor, which may have stopped meanwhile.
        packet.Release();
        self.Tell(new PacketTaken(error), ActorRefs.NoSender);
    }

    private void AfterWait(Exception? error)
    {
        _waiting = null;
        if (error is not null)
            Abort(error);
    }

    private void ReleasePackets()
    {
        while (_packets.TryDequeue(out StreamPacket? packet))
            packet.Release();
    }

    private void Acknowledged()
    {
        switch (_state)
        {
            case StreamState.Finishing:
                End(null);
                break;
            case StreamState.Aborting:
                End(_abortReason ?? new OperationCanceledException("The stream was aborted."));
                break;
            default:
                End(new LibvirtProtocolException($"The daemon acknowledged an end of {port.Procedure.Name} that was not requested."));
                break;
        }
    }

    private void Finish()
    {
        _state = StreamState.Finishing;
        SendEnd(MessageStatus.Ok);
    }

    private void Abort(Exception? reason)
    {
        if (_state != StreamState.Open)
            return;
        _state = StreamState.Aborting;
        _abortReason = reason;
        SendEnd(MessageStatus.Error);
    }

    private void SendEnd(MessageStatus status) => connection.Ref.Tell(new SendStreamEnd(header with { Status = status }), ActorRefs.NoSender);

    private void End(Exception? error, bool byProtocol = true)
    {
        if (_state == StreamState.Ended)
            return;
        _state = StreamState.Ended;
        port.End(error, byProtocol);
        Context.Stop(Self);
    }
}
