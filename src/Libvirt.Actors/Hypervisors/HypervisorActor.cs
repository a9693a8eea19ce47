using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Connections;
using Libvirt.Diagnostics;
using Libvirt.Dispatch;
using Libvirt.Events;
using Libvirt.Messages;
using Libvirt.Streams;
using Microsoft.Extensions.Logging;

namespace Libvirt;

/// <summary>
/// One hypervisor, across all its connections. It owns the backoff between connections, the calls that wait for one, the pools of stream connections, and the
/// state that is published through its <see cref="HypervisorLink"/>.
/// </summary>
/// <remarks>
/// Supervised by the <see cref="LibvirtGuardian"/>, which stops it when it fails: the hypervisor is closed then, with that as the reason, and everything that
/// waits for it fails. It stops a child that fails. It connects again after a connection has stopped, and closes when its event hub has.
/// </remarks>
internal sealed partial class HypervisorActor(StartHypervisor start) : UntypedActor, IWithTimers
{
    private readonly ConnectionSettings _settings = start.Settings;
    private readonly HypervisorLink _link = start.Link;
    private readonly HypervisorRef _ref = start.Ref;
    private readonly ILogger _log = AkkaLogger.For(Context);
    private readonly EventGate _eventGate = new(EventHub.Capacity);
    private readonly object _reconnectTimer = new();
    private WhenReady? _whenReady = start.WhenReady;
    private IActorRef? _connection;
    private IActorRef? _events;
    private int _connections;
    private int _failedAttempts;
    private int _delays;
    private long _readySince;
    private bool _closing;
    private bool _isClosed;
    private bool _hasStopped;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(StartHypervisor start) => RuntimeProps.Inline(() => new HypervisorActor(start));

    protected override SupervisorStrategy SupervisorStrategy() => RuntimeProps.StopOnFailure;

    protected override void PreStart()
    {
        _events = Context.ActorOf(EventHub.Props(_settings, _link, Self, _eventGate), "events");
        Context.WatchWith(_events, new EventHubEnded());
        Connect();
    }

    protected override void PostStop()
    {
        _hasStopped = true;
        AnswerUnsubscriptions();
        Close(_link.StopReason);
    }

    protected override void OnReceive(object message)
    {
        try
        {
            Handle(message);
        }
        catch (Exception error)
        {
            // A defect of the runtime. It reaches the supervisor as well, after everything that waits has been informed.
            Close(error);
            (message as IUndelivered)?.OnUndelivered();
            throw;
        }
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case IPendingCall call:
                Hold(call);
                break;
            case LibvirtCall call:
                Accept(call);
                break;
            case LibvirtBatch batch:
                Accept(batch);
                break;
            case CancelCall { CorrelationId: not null } cancel:
                Cancel(new CancelActorCalls(Sender, cancel.CorrelationId));
                CancelBatches(cancel);
                break;
            case SubscribeEvents subscribe:
                Accept(subscribe);
                break;
            case UnsubscribeEvents unsubscribe:
                Accept(unsubscribe);
                break;
            case SubscriptionActorEnded ended:
                AfterSubscription(ended.Actor);
                break;
            case BatchEnded ended:
                _batches.Remove(ended.Batch);
                break;
            case SubscribeHypervisorState or UnsubscribeHypervisorState:
                Context.Parent.Forward(new OneHypervisorState(start, (ILibvirtMessage)message));
                break;
            case AbandonHeldCall abandon:
                Release(abandon.Call);
                break;
            case SweepHeldCalls:
                FailOverdueCalls();
                break;
            case ConnectionIsReady ready:
                AttachEvents(ready.Connection);
                break;
            case EventsAttached attached:
                BecomeReady(attached.Connection);
                break;
            case GetEventHub request:
                request.TryReply(_events!);
                break;
            case EventHubEnded:
                AfterEventHub();
                break;
            case ConnectionEnded ended:
                AfterConnection(EndReasonOf(ended.Connection));
                break;
            case ConnectionIsStuck stuck:
                Relieve(stuck.Connection);
                break;
            case OverflowEnded ended:
                AfterOverflow(ended.Connection);
                break;
            case RentConnection rent:
                Rent(rent);
                break;
            case StreamConnectionIsFree free:
                AfterStreamUse(free.Connection);
                break;
            case StreamConnectionIsIdle idle:
                CloseIdle(idle.Connection);
                break;
            case StreamConnectionEnded ended:
                AfterStreamConnection(ended.Connection);
                break;
            case Reconnect:
                ConnectInTurn();
                break;
            case ReconnectTurn:
                Connect();
                break;
            case CloseHypervisor:
                BeginClose();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Accept(LibvirtCall call)
    {
        ActorCall? pending = null;
        try
        {
            pending = Begin(call);
            Hold(pending);
        }
        catch (Exception error)
        {
            // Where it has begun, it may be held already: only the first of several attempts to end it has an effect.
            if (pending is null)
                call.Refuse(Sender, Self, error);
            else
                pending.TryFail(CallFailures.HypervisorClosed(pending, error));
            throw;
        }
    }

    private ActorCall Begin(LibvirtCall call)
    {
        TimeSpan timeout = call.Options.Timeout ?? (call.Procedure.IsReading ? _settings.Options.ReadTimeout : _settings.Options.CallTimeout);
        ActorCall pending = call.Begin(new CallOrigin(Sender, Self, _settings.Uri, timeout, CallDeadline.After(timeout, _settings.Time)));
        pending.Holder = _ref;
        return pending;
    }

    private void Cancel(CancelActorCalls cancel)
    {
        CancelHeldCalls(cancel);
        _connection?.Tell(cancel, ActorRefs.NoSender);
        foreach (OverflowConnection overflow in _overflows.Values)
            overflow.Actor.Tell(cancel, ActorRefs.NoSender);
    }

    private void AttachEvents(ConnectionHandle connection)
    {
        // The end of a connection can arrive before what it reported earlier: the hub knows of it already, and will not be told again.
        if (!connection.HasEnded)
            _events!.Tell(new AttachConnection(connection), ActorRefs.NoSender);
    }

    private void BecomeReady(ConnectionHandle connection)
    {
        if (_closing || connection.HasEnded)
            return;
        _failedAttempts = 0;
        _readySince = _settings.Time.GetTimestamp();
        _link.Publish(new HypervisorState.Ready(), connection);
        AnswerWhenReady(connection);
        SubmitHeldCalls(connection);
    }

    private void AnswerWhenReady(ConnectionHandle connection)
    {
        WhenReady? whenReady = Interlocked.Exchange(ref _whenReady, null);
        // A caller that has given up meanwhile has no object that could close the hypervisor.
        if (whenReady is not null && !whenReady.TryReply(true) && !connection.HasEnded)
            BeginClose();
    }

    private void AfterEventHub()
    {
        if (!_isClosed)
            Close(new InvalidOperationException("The event hub of the hypervisor failed; the log of the actor system has the reason."));
    }

    private void BeginClose()
    {
        if (_closing)
            return;
        _closing = true;
        CloseConnection close = new(_settings.Options.CloseTimeout);
        _connection?.Tell(close, ActorRefs.NoSender);
        foreach (OverflowConnection overflow in _overflows.Values)
            overflow.Actor.Tell(close, ActorRefs.NoSender);
        CloseStreamConnections();
        CloseWhenAllEnded();
    }

    private void CloseWhenAllEnded()
    {
        if (_closing && _connection is null && _overflows.Count == 0 && !HasStreamConnections)
            Close(null);
    }

    private void Close(Exception? reason)
    {
        if (_isClosed)
            return;
        _isClosed = true;
        HypervisorLog.Closed(_log, _settings.Uri, reason?.Message ?? "It was asked to.");
        _link.Publish(new HypervisorState.Closed(reason), null);
        // A caller that waits for the hypervisor to be ready waits for a connection: one that was lost at once was never made for it.
        FailWhenReady(
            reason is null
                ? new LibvirtConnectionLostException("The hypervisor was closed.", sent: false, null, isForGood: true)
                : ConnectFailures.Explain(reason, _settings));
        FailHeldCalls(reason);
        FailAwaitingStreams(reason);
        if (!_hasStopped)
            Context.Stop(Self);
    }

    private void FailWhenReady(Exception reason) => Interlocked.Exchange(ref _whenReady, null)?.TryFail(reason);
}
