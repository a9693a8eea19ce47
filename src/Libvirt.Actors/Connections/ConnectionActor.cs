using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Diagnostics;
using Libvirt.Dispatch;
using Libvirt.Streams;
using Libvirt.Transports;
using Microsoft.Extensions.Logging;

namespace Libvirt.Connections;

/// <summary>
/// One socket to one daemon, from the first byte to the last. It owns the transport, the serial map, the in-flight window and the keepalive; nothing else
/// touches them. It lives exactly as long as its socket. A turn never waits for the socket: calls are encoded as they arrive and leave with one write at the
/// end of the batch.
/// </summary>
/// <remarks>
/// Supervised by its <see cref="HypervisorActor"/>, which stops it when it fails, watches it, and decides about the next connection. Its children are the
/// streams and the calls of actors; one that fails is stopped, which ends its stream or its call and nothing else.
/// </remarks>
internal sealed partial class ConnectionActor(
    ConnectionSettings settings, ConnectionHandle handle, IConnectionOwner owner, ConnectionRole role = ConnectionRole.Main) : UntypedActor, IWithTimers
{
    private readonly SerialMap _inFlight = new();
    private readonly CallQueue _urgent = new();
    private readonly CallQueue _waiting = new();
    private readonly InFlightWindow _window = new(settings.Options.MaxInFlight);
    private readonly WireLoad _load = new();
    private readonly DeadlineSweep _deadlines = new(settings.Time, static call => call.Deadline);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger _log = AkkaLogger.For(Context);
    private QueueTelemetry? _queueTelemetry;
    private IByteTransport? _transport;
    private FrameReceiver? _receiver;
    private FrameSender? _sender;
    private ConnectionState _state = ConnectionState.Connecting;
    private bool _endOfBatchIsDue;
    private bool _hasStopped;

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How a connection is created: inline, so that an idle one sends a call on its caller's own thread.</summary>
    public static Props Props(ConnectionSettings settings, ConnectionHandle handle, IConnectionOwner owner, ConnectionRole role = ConnectionRole.Main) =>
        RuntimeProps.Inline(() => new ConnectionActor(settings, handle, owner, role));

    protected override SupervisorStrategy SupervisorStrategy() => RuntimeProps.StopOnFailure;

    protected override void PreStart()
    {
        handle.Bind(Self);
        _queueTelemetry = new QueueTelemetry(settings.Uri, _waiting);
        _queueTelemetry.Begin();
        Connect();
    }

    protected override void PostStop()
    {
        _hasStopped = true;
        End(null);
        EndAbandonedStreams();
    }

    protected override void OnReceive(object message)
    {
        try
        {
            if (message is EndOfBatch)
            {
                EndBatch();
                return;
            }

            Handle(message);
            ScheduleEndOfBatch();
        }
        catch (Exception error)
        {
            // A defect of the runtime. It reaches the supervisor as well, after every caller has been informed. The call at hand is not passed to another
            // connection, which would fail of it as well.
            Fail(error);
            if (message is IPendingCall call)
                call.TryFail(CallFailures.ConnectionEnded(call, error));
            throw;
        }
    }

    /// <summary>What follows the messages that are in the mailbox now: one write for all calls among them.</summary>
    private void ScheduleEndOfBatch()
    {
        if (_endOfBatchIsDue || _state == ConnectionState.Closed)
            return;
        _endOfBatchIsDue = true;
        Self.Tell(EndOfBatch.Message, ActorRefs.NoSender);
    }

    private void EndBatch()
    {
        _endOfBatchIsDue = false;
        Pump();
        RelieveQueue();
        Flush();
        PumpStreams();
        CloseWhenIdle();
        ReportWhenSettled();
        SendCloseWhenDrained();
        _load.HasCallsToSendAhead = HasCallsToSendAhead;
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case IPendingCall call:
                Accept(call);
                break;
            case ReceivedFrames frames:
                Receive(frames);
                break;
            case ContinuationsCompleted:
                _sendsAhead = true;
                break;
            case AbandonCall abandon:
                Abandon(abandon.Call);
                break;
            case CancelActorCalls cancel:
                CancelCalls(cancel);
                break;
            case SendCompleted:
                _sender?.Completed();
                TakeSendAsSignOfLife();
                break;
            case SweepDeadlines:
                FailOverdueCalls();
                break;
            case CheckForStuckCalls:
                RequestReliefWhenStuck();
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
            case CallActorEnded ended:
                AfterCallActor(ended);
                break;
            case KeepAliveTick when _keepAlive is not null:
                CheckKeepAlive(_keepAlive);
                break;
            case TransportConnected connected:
                BeginHandshake(connected.Transport);
                break;
            case HandshakeCompleted completed:
                BecomeReady(completed.Features);
                break;
            case ConnectionFailed failed:
                Fail(failed.Reason);
                break;
            case CloseConnection close:
                BeginClose(close.Limit);
                break;
            case SettleConnection settle:
                Settle(settle.Limit);
                break;
            case SettlingTimedOut:
                EndUnlessSettled();
                break;
            case FinishClose:
                End(null);
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
