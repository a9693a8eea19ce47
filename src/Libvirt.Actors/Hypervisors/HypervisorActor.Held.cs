using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Connections;

namespace Libvirt;

// Calls that wait for a connection.
internal sealed partial class HypervisorActor
{
    private readonly CallQueue _held = new();
    private readonly object _heldTimer = new();
    private long _heldCalls;
    private readonly DeadlineSweep _heldDeadlines = new(start.Settings.Time, static call => call.HoldUntil);

    private void Hold(IPendingCall call)
    {
        if (call.IsCompleted)
            return;
        if (_link.Connection is { HasEnded: false } connection)
        {
            connection.Take(call);
            return;
        }

        // A call that was in flight when its connection was lost may use all of its time; a new one waits only as long as ReadyTimeout for a connection.
        call.HoldUntil = call.WasSent
            ? call.Deadline
            : Math.Min(call.Deadline, CallDeadline.After(_settings.Options.ReadyTimeout, _settings.Time));
        if (_closing)
            call.TryFail(CallFailures.HypervisorClosed(call, _link.States.Current.Failure));
        else if (_settings.Options.ReadyTimeout == TimeSpan.Zero && !call.WasSent)
            call.TryFail(CallFailures.NotReady(call, _link.States.Current.Failure));
        else if (_held.Count >= _settings.Options.QueueCapacity)
            call.TryFail(new LibvirtQueueFullException(call.Procedure.Name));
        else
            Keep(call);
    }

    private void Keep(IPendingCall call)
    {
        if (call is ActorCall actorCall)
            StartCallActor(actorCall);
        _held.Enqueue(call);
        if (_heldDeadlines.TrackDeadline(call.HoldUntil) is { } delay)
            Timers.StartSingleTimer(_heldTimer, new SweepHeldCalls(), delay);
    }

    /// <summary>Watches the requester while the call waits; the connection that takes the call has a child of its own for it.</summary>
    private void StartCallActor(ActorCall call)
    {
        call.Child?.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        call.Child = Context.ActorOf(CallActor.Props(call, _ref), $"call-{++_heldCalls}");
    }

    private void Release(IPendingCall call)
    {
        if (call.Queue == _held)
            _held.Remove(call);
    }

    private void FailOverdueCalls()
    {
        IReadOnlyList<IPendingCall> overdue = _heldDeadlines.Sweep(_held, out TimeSpan? next);
        foreach (IPendingCall call in overdue)
        {
            _held.Remove(call);
            call.TryFail(call.HoldUntil == call.Deadline ? CallFailures.TimedOut(call) : CallFailures.NotReady(call, _link.States.Current.Failure));
        }

        if (next is { } delay)
            Timers.StartSingleTimer(_heldTimer, new SweepHeldCalls(), delay);
    }

    private void SubmitHeldCalls(ConnectionHandle connection)
    {
        while (_held.Dequeue() is { } call)
        {
            if (!call.IsCompleted)
                connection.Take(call);
        }
    }

    private void CancelHeldCalls(CancelActorCalls cancel)
    {
        foreach (ActorCall call in _held.OfType<ActorCall>().Where(cancel.Includes).ToArray())
        {
            _held.Remove(call);
            call.TryFail(new OperationCanceledException($"{call.Procedure.Name} was cancelled by its requester."));
        }
    }

    private void FailHeldCalls(Exception? reason)
    {
        while (_held.Dequeue() is { } call)
            call.TryFail(CallFailures.HypervisorClosed(call, reason));
    }
}
