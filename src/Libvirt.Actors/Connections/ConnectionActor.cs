using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Diagnostics;
using Libvirt.Dispatch;
using Libvirt.Streams;
using Microsoft.Extensions.Logging;

namespace Libvirt.Connections;

/// <summary>
/// <c>connection-{n}</c>, <c>bulk-{n}</c> or <c>interactive-{n}</c>, a child of the hypervisor's actor: one socket to one daemon. It owns the socket, the serials
/// and the in-flight window; nothing else touches them. It lives exactly as long as its socket.
/// <para>
/// A state machine: Connecting, Handshaking, Ready, Closing. The work is done by <see cref="OutgoingCalls"/>, <see cref="FrameRouter"/>,
/// <see cref="StreamTable"/> and the other classes of this folder. A turn never waits for the socket: calls are encoded as they arrive and are sent with one write
/// at the end of the batch.
/// </para>
/// </summary>
/// <remarks>
/// Supervised by the hypervisor's actor, which stops it when it fails, watches it, and decides about the next connection. Its failure is a lost connection: every
/// call is informed. Its children are the actors of streams and of calls that arrived as messages; one that fails is stopped, which ends its stream or its call
/// and nothing else.
/// </remarks>
internal sealed partial class ConnectionActor : ActorBase, IWithTimers
{
    private readonly ConnectionSettings _settings;
    private readonly ConnectionHandle _handle;
    private readonly IConnectionOwner _owner;
    private readonly ConnectionRole _role;
    private readonly OutgoingCalls _calls;
    private readonly OverflowRelief _relief;
    private readonly CallHandover _handover;
    private readonly KeepAliveMonitor _keepAlive;
    private readonly QueueTelemetry _queueTelemetry;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger _log = AkkaLogger.For(Context);
    private ConnectionWire? _wire;
    private bool _endOfBatchIsDue;
    private bool _isSettling;
    private bool _hasSentClose;

    public ConnectionActor(ConnectionSettings settings, ConnectionHandle handle, IConnectionOwner owner, ConnectionRole role)
    {
        HypervisorOptions options = settings.Options;
        _settings = settings;
        _handle = handle;
        _owner = owner;
        _role = role;
        _calls = new OutgoingCalls(options, settings.Time);
        _relief = new OverflowRelief(options, role, _calls);
        _handover = new CallHandover(options, handle, role);
        _keepAlive = new KeepAliveMonitor(options.KeepAliveInterval, options.KeepAliveCount, settings.Time);
        _queueTelemetry = new QueueTelemetry(settings.Uri, _calls.Waiting);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>On the inline dispatcher, so that an idle connection sends a call on its caller's thread.</summary>
    public static Props Props(ConnectionSettings settings, ConnectionHandle handle, IConnectionOwner owner, ConnectionRole role = ConnectionRole.Main) =>
        RuntimeProps.Inline(() => new ConnectionActor(settings, handle, owner, role));

    protected override SupervisorStrategy SupervisorStrategy() => RuntimeProps.StopOnFailure;

    protected override void PreStart()
    {
        _handle.Bind(Self);
        _queueTelemetry.Begin();
        ConnectionLog.Connecting(_log, _settings.Endpoint);
        _ = new ConnectAttempt(_settings, _handle).RunAsync(_stopping.Token);
    }

    protected override void PostStop()
    {
        TearDown(null);
        _wire?.Streams.EndAbandoned();
    }

    /// <summary>Around every state: the end of the batch follows each message, and an exception ends the connection.</summary>
    protected override bool AroundReceive(Receive receive, object message)
    {
        try
        {
            bool isHandled = base.AroundReceive(receive, message);
            if (message is not EndOfBatch)
                ScheduleEndOfBatch();
            return isHandled;
        }
        catch (Exception error)
        {
            // A defect of the runtime. It reaches the supervisor as well, after every caller has been informed. The current call is not passed to another
            // connection, which would fail because of it as well.
            Fail(error);
            if (message is IPendingCall call)
                call.TryFail(CallFailures.ConnectionEnded(call, error));
            throw;
        }
    }

    protected override bool Receive(object message) => Connecting(message);

    /// <summary>The transport is being connected; calls wait.</summary>
    private bool Connecting(object message)
    {
        switch (message)
        {
            case TransportConnected connected:
                BeginHandshake(connected.Transport);
                return true;
            case EndOfBatch:
                _endOfBatchIsDue = false;
                return true;
            case CloseConnection:
                End(null);
                return true;
            default:
                return HandleCalls(message);
        }
    }

    /// <summary>Authentication and opening: only control calls are sent.</summary>
    private bool Handshaking(object message)
    {
        switch (message)
        {
            case HandshakeCompleted completed:
                BecomeReady(completed.Features);
                return true;
            case EndOfBatch:
                SendBatch(_wire!);
                return true;
            case CloseConnection:
                End(null);
                return true;
            default:
                return HandleWire(message, _wire!);
        }
    }

    /// <summary>Calls are served.</summary>
    private bool Ready(object message)
    {
        switch (message)
        {
            case EndOfBatch:
                SendBatch(_wire!);
                RelieveQueue();
                CloseWhenIdle();
                ReportWhenSettled();
                return true;
            case CheckForStuckCalls:
                RequestReliefWhenStuck();
                return true;
            case SettleConnection settle:
                Settle(settle.Limit);
                return true;
            case CloseConnection close:
                BeginClose(close.Limit);
                return true;
            default:
                return HandleWire(message, _wire!);
        }
    }

    /// <summary>New calls are refused. When the others have ended, the close call is sent and the socket is closed.</summary>
    private bool Closing(object message)
    {
        switch (message)
        {
            case EndOfBatch:
                SendBatch(_wire!);
                SendCloseWhenDrained();
                return true;
            case IPendingCall { Priority: CallPriority.Normal } late:
                _handover.Redirect(late);
                return true;
            case CheckForStuckCalls or SettleConnection or CloseConnection:
                return true;
            default:
                return HandleWire(message, _wire!);
        }
    }

    /// <summary>What concerns the socket, in every state that has one.</summary>
    private bool HandleWire(object message, ConnectionWire wire)
    {
        switch (message)
        {
            case ReceivedFrames frames:
                RouteFrames(frames, wire);
                return true;
            case ContinuationsCompleted:
                _calls.AllowSendingAhead();
                return true;
            case SendCompleted:
                CompleteSend(wire);
                return true;
            case OutgoingPacket packet:
                wire.Streams.Enqueue(packet);
                return true;
            case SendStreamEnd end:
                wire.Streams.SendEnd(end.Header);
                return true;
            case StreamEnded ended:
                wire.Streams.Remove(ended.Serial);
                return true;
            case KeepAliveTick:
                CheckKeepAlive(wire);
                return true;
            case TransportConnected second:
                second.Transport.Dispose();
                return true;
            default:
                return HandleCalls(message);
        }
    }

    /// <summary>What concerns calls and the end of the connection, in every state.</summary>
    private bool HandleCalls(object message)
    {
        switch (message)
        {
            case IPendingCall call:
                Accept(call);
                return true;
            case AbandonCall abandon:
                _calls.Abandon(abandon.Call);
                return true;
            case CancelActorCalls cancel:
                _calls.Cancel(cancel);
                return true;
            case SweepDeadlines:
                ScheduleSweep(_calls.FailOverdue());
                return true;
            case CallActorEnded ended:
                FailCallWithoutActor(ended);
                return true;
            case UseOverflow use:
                _relief.Use(use.Overflow);
                return true;
            case SettlingTimedOut:
                EndUnlessSettled();
                return true;
            case ConnectionFailed failed:
                Fail(failed.Reason);
                return true;
            case FinishClose:
                End(null);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Ends the connection because of <paramref name="reason"/>. The first reason wins.</summary>
    private void Fail(Exception reason)
    {
        if (_handle.HasEnded)
            return;
        if (_hasSentClose)
        {
            // The daemon closes its end after it has answered the close call, or before.
            End(null);
            return;
        }

        if (!_calls.IsOpen)
            reason = ConnectFailures.Explain(reason, _settings);
        ConnectionLog.Lost(_log, _settings.Endpoint, reason.Message);
        End(reason);
    }

    /// <summary>Ends the connection: with a reason after a failure, without one when it was closed in order.</summary>
    private void End(Exception? reason)
    {
        TearDown(reason);
        Context.Stop(Self);
    }

    /// <summary>The single teardown path: every call is passed on or fails, and the socket is closed.</summary>
    private void TearDown(Exception? reason)
    {
        if (_handle.HasEnded)
            return;
        _handle.End(reason);
        _queueTelemetry.End();
        foreach (IPendingCall call in _calls.TakeAll())
            _handover.RetryOrFail(call, reason);
        _wire?.Close();
        _stopping.Cancel();
    }
}
