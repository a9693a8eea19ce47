using Actors;
using Libvirt.Calls;
using Libvirt.Connection;
using Libvirt.Diagnostics;
using Libvirt.Events;
using Libvirt.Streams;

namespace Libvirt;

/// <summary>
/// One hypervisor: it wants to be connected. It supervises the connection, makes it anew with backoff when it was lost, holds calls meanwhile, and
/// publishes the state through its <see cref="HypervisorLink"/>.
/// </summary>
internal sealed partial class HypervisorActor(ConnectionSettings settings, HypervisorLink link, HypervisorHold hold)
    : Actor<IHypervisorMessage>
{
    private readonly List<ReplyTo<bool>> _awaitingReady = [];
    private readonly object _reconnectTimer = new();
    private IActorRef<IConnectionMessage>? _connection;
    private IActorRef<IEventHubMessage>? _events;
    private int _connections;
    private int _failedAttempts;
    private int _delays;
    private long _readySince;
    private bool _closing;

    protected override ValueTask OnStartAsync()
    {
        _heldDeadlines = new DeadlineSweep(Context.Time, static call => call.HoldUntil);
        IActorRef<IHypervisorMessage> self = Context.Self;
        _events = Context.Spawn(
            "events",
            () => new EventHub(settings.Options, link, connection => _ = self.TellWhenRoomAsync(new EventsAttached(connection)).AsTask()),
            EventHub.Options);
        Connect();
        return default;
    }

    protected override ValueTask OnMessageAsync(IHypervisorMessage message)
    {
        switch (message)
        {
            case IPendingCall call:
                Hold(call);
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
                request.Reply.TrySetResult(_events!);
                break;
            case ConnectionEnded ended:
                AfterConnection(ended.Connection.EndReason);
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
            case AwaitReady request:
                AnswerWhenReady(request.Reply);
                break;
            case CloseHypervisor:
                BeginClose();
                break;
            default:
                throw new InvalidOperationException($"A hypervisor does not take {message.GetType().Name}.");
        }

        return default;
    }

    protected override ValueTask OnStopAsync()
    {
        if (link.States.Current is not HypervisorState.Closed)
            Close(null);
        return default;
    }

    private void AttachEvents(ConnectionHandle connection)
    {
        // The end of a connection comes ahead of what it said before: the hub has heard of it already and will not hear of it again.
        if (!connection.HasEnded)
            _ = _events!.TellWhenRoomAsync(new AttachConnection(connection)).AsTask();
    }

    private void BecomeReady(ConnectionHandle connection)
    {
        if (_closing || connection.HasEnded)
            return;
        _failedAttempts = 0;
        _readySince = Context.Time.GetTimestamp();
        link.Publish(new HypervisorState.Ready(), connection);
        foreach (ReplyTo<bool> reply in _awaitingReady)
            reply.TrySetResult(true);
        _awaitingReady.Clear();
        SubmitHeldCalls(connection);
    }

    private void AnswerWhenReady(ReplyTo<bool> reply)
    {
        if (link.States.Current is HypervisorState.Ready)
            reply.TrySetResult(true);
        else
            _awaitingReady.Add(reply);
    }

    private void BeginClose()
    {
        if (_closing)
            return;
        _closing = true;
        CloseConnection close = new(settings.Options.CloseTimeout);
        if (_connection is not null)
            _ = _connection.TellWhenRoomAsync(close).AsTask();
        foreach (OverflowConnection overflow in _overflows.Values)
            _ = overflow.Actor.TellWhenRoomAsync(close).AsTask();
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
        HypervisorLog.Closed(Context.Log, settings.Uri, reason?.Message ?? "It was asked to.");
        link.Publish(new HypervisorState.Closed(reason), null);
        // Whoever waits for a hypervisor waits for a connection: one that was lost as soon as it was made was never made to them.
        FailAwaitingReady(
            reason is null
                ? new LibvirtConnectionLostException("The hypervisor was closed.", sent: false, null, isForGood: true)
                : ConnectFailures.Explain(reason, settings));
        FailHeldCalls(reason);
        FailAwaitingStreams(reason);
        Context.StopSelf();
    }

    private void FailAwaitingReady(Exception reason)
    {
        foreach (ReplyTo<bool> reply in _awaitingReady)
            reply.TrySetException(reason);
        _awaitingReady.Clear();
    }
}
