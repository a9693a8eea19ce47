using Actors;
using Libvirt.Calls;
using Libvirt.Connection;
using Libvirt.Protocol;

namespace Libvirt.Streams;

/// <summary>
/// <c>stream-{serial}</c>, a child of its connection: one stream's protocol from the reply that begins it to the acknowledgement that ends it. Where
/// it may let the socket wait, it handles the next packet when its reader has made room for the last.
/// </summary>
internal sealed class StreamActor(StreamPort port, MessageHeader header, ConnectionHandle connection) : Actor<IStreamMessage>
{
    private StreamState _state = StreamState.Open;
    private Exception? _abortReason;
    private CancellationTokenSource? _waiting;

    public static ActorOptions Options { get; } = new()
    {
        Dispatch = ActorDispatch.Inline,
        MailboxCapacity = 64 * 1024,
        Supervision = SupervisionPolicy.StopOnFailure,
    };

    protected override ValueTask OnStartAsync()
    {
        _waiting = CancellationTokenSource.CreateLinkedTokenSource(Context.Stopping, port.Abandoned);
        return default;
    }

    protected override async ValueTask OnMessageAsync(IStreamMessage message)
    {
        switch (message)
        {
            case StreamPacket packet:
                try
                {
                    await ReceiveAsync(packet).ConfigureAwait(false);
                }
                finally
                {
                    packet.Release();
                }

                break;
            case FinishStream when _state == StreamState.Open:
                Finish();
                break;
            case AbortStream:
                Abort(null);
                break;
        }
    }

    protected override ValueTask OnStopAsync()
    {
        _waiting?.Dispose();
        if (_state != StreamState.Ended)
            port.End(CallFailures.ConnectionEnded(port.Procedure, sent: true, connection.EndReason), byProtocol: false);
        return default;
    }

    private async ValueTask ReceiveAsync(StreamPacket packet)
    {
        switch (packet.Header.Status)
        {
            case MessageStatus.Ok:
                Acknowledged();
                break;
            case MessageStatus.Error:
                // The daemon has forgotten the stream: nothing that is sent now would be answered.
                End(CallFailures.Remote(port.Procedure, packet.Payload.Span));
                break;
            case MessageStatus.Continue when _state != StreamState.Open:
                // Sent before the daemon heard of our end.
                break;
            case MessageStatus.Continue when packet.Header.Type == MessageType.StreamHole:
                await ReceiveHoleAsync(XdrPayload.Read<StreamHole>(packet.Payload.Span)).ConfigureAwait(false);
                break;
            case MessageStatus.Continue when packet.Payload.IsEmpty:
                Finish();
                break;
            case MessageStatus.Continue:
                await ReceiveDataAsync(packet.Payload).ConfigureAwait(false);
                break;
        }
    }

    private async ValueTask ReceiveDataAsync(ReadOnlyMemory<byte> data)
    {
        try
        {
            if (!await port.AddAsync(data, _waiting!.Token).ConfigureAwait(false))
                Abort(new LibvirtStreamOverflowException(port.Procedure, port.Buffering.Capacity));
        }
        catch (OperationCanceledException)
        {
            // The reader or the connection has gone; the message that says so comes next.
        }
    }

    private async ValueTask ReceiveHoleAsync(StreamHole hole)
    {
        if (!port.IsSparse || hole.Length < 0)
        {
            Abort(new LibvirtProtocolException($"{port.Procedure.Name} sent a hole of {hole.Length} bytes into a stream that {(port.IsSparse ? "has no such" : "was not asked for holes")}."));
            return;
        }

        try
        {
            await port.AddHoleAsync(hole.Length, _waiting!.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // As above.
        }
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
                End(new LibvirtProtocolException($"The daemon acknowledged an end of {port.Procedure.Name} that nobody had asked for."));
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

    private void SendEnd(MessageStatus status) => _ = connection.Ref.TellWhenRoomAsync(new SendStreamEnd(header with { Status = status })).AsTask();

    private void End(Exception? error)
    {
        if (_state == StreamState.Ended)
            return;
        _state = StreamState.Ended;
        port.End(error, byProtocol: true);
        Context.StopSelf();
    }
}
