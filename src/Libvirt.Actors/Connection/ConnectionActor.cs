using Actors;
using Libvirt.Calls;
using Libvirt.Diagnostics;
using Libvirt.Streams;
using Libvirt.Transport;

namespace Libvirt.Connection;

/// <summary>
/// One socket to one daemon, from the first byte to the last: it owns the transport, the serial map, the window and the keepalive, and nobody else
/// touches them. It lives exactly as long as its socket. A turn never waits for the socket: calls are encoded as they come and leave with one
/// write at the end of the batch.
/// </summary>
internal sealed partial class ConnectionActor(
    ConnectionSettings settings, ConnectionHandle handle, IConnectionOwner owner, ConnectionRole role = ConnectionRole.Main) : Actor<IConnectionMessage>
{
    private readonly SerialMap _onTheWire = new();
    private readonly CallQueue _urgent = new();
    private readonly CallQueue _waiting = new();
    private readonly InFlightWindow _window = new(settings.Options.MaxInFlight);
    private readonly WireLoad _load = new();
    private QueueTelemetry? _queueTelemetry;
    private IByteTransport? _transport;
    private FrameReceiver? _receiver;
    private FrameSender? _sender;
    private DeadlineSweep? _deadlines;
    private ConnectionState _state = ConnectionState.Connecting;

    protected override ValueTask OnStartAsync()
    {
        handle.Bind(Context.Self);
        _queueTelemetry = new QueueTelemetry(settings.Uri, _waiting);
        _queueTelemetry.Begin();
        _deadlines = new DeadlineSweep(Context.Time, static call => call.Deadline);
        Connect();
        return default;
    }

    protected override ValueTask OnMessageAsync(IConnectionMessage message)
    {
        try
        {
            Handle(message);
        }
        catch (Exception error)
        {
            // A defect of ours: the supervisor hears of it too, after nobody is left waiting.
            Fault(error);
            throw;
        }

        return default;
    }

    protected override ValueTask OnBatchEndAsync()
    {
        Pump();
        RelieveQueue();
        Flush();
        PumpStreams();
        CloseWhenIdle();
        ReportWhenSettled();
        SayGoodbyeWhenDrained();
        _load.Set(_onTheWire.Count, HasCallsToSendAhead);
        return default;
    }

    protected override ValueTask OnStopAsync()
    {
        End(null);
        return default;
    }

    private void Handle(IConnectionMessage message)
    {
        switch (message)
        {
            case IPendingCall call:
                Accept(call);
                break;
            case ReceivedFrames frames:
                Receive(frames);
                break;
            case CallersWentOn:
                _sendsAhead = true;
                break;
            case AbandonCall abandon:
                Abandon(abandon.Call);
                break;
            case SendCompleted:
                _sender?.Completed();
                TakeSendAsSignOfLife();
                break;
            case SweepDeadlines:
                FailOverdueCalls();
                break;
            case LookForStuckCalls:
                AskForReliefWhereStuck();
                break;
            case UseOverflow use:
                UseOverflow(use.Overflow);
                break;
            case OutgoingPacket packet:
                Queue(packet);
                break;
            case SendStreamEnd end:
                SendEnd(end.Header);
                break;
            case StreamEnded ended:
                AfterStream(ended.Serial);
                break;
            case KeepAliveTick when _keepAlive is not null:
                LookForLife(_keepAlive);
                break;
            case TransportConnected connected:
                BeginHandshake(connected.Transport);
                break;
            case HandshakeCompleted completed:
                BecomeReady(completed.Features);
                break;
            case ConnectionFailed failed:
                Fault(failed.Reason);
                break;
            case CloseConnection close:
                BeginClose(close.Limit);
                break;
            case SettleConnection settle:
                Settle(settle.Limit);
                break;
            case SettlingTookTooLong:
                EndUnlessSettled();
                break;
            case FinishClose:
                End(null);
                break;
            default:
                throw new InvalidOperationException($"A connection does not take {message.GetType().Name}.");
        }
    }
}
