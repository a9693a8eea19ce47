using Libvirt.Calls;
using Libvirt.Connection;

namespace Libvirt;

// Calls that wait for a connection.
internal sealed partial class HypervisorActor
{
    private readonly CallQueue _held = new();
    private readonly object _heldTimer = new();
    private DeadlineSweep? _heldDeadlines;

    private void Hold(IPendingCall call)
    {
        if (call.IsCompleted)
            return;
        if (link.Connection is { HasEnded: false } connection)
        {
            connection.Take(call);
            return;
        }

        // A call that was under way when its connection was lost may use all of its time; a new one waits only so long for a connection.
        call.HoldUntil = call.WasSent
            ? call.Deadline
            : Math.Min(call.Deadline, CallDeadline.After(settings.Options.ReadyTimeout, Context.Time));
        if (_closing)
            call.TryFail(CallFailures.HypervisorClosed(call, link.States.Current.Failure));
        else if (settings.Options.ReadyTimeout == TimeSpan.Zero && !call.WasSent)
            call.TryFail(CallFailures.NotReady(call, link.States.Current.Failure));
        else if (_held.Count >= settings.Options.QueueCapacity)
            call.TryFail(new LibvirtQueueFullException(call.Procedure.Name));
        else
            Keep(call);
    }

    private void Keep(IPendingCall call)
    {
        _held.Enqueue(call);
        if (_heldDeadlines!.Observe(call.HoldUntil) is { } delay)
            Context.Timers.StartOnce(_heldTimer, delay, new SweepHeldCalls());
    }

    private void Release(IPendingCall call)
    {
        if (call.Queue == _held)
            _held.Remove(call);
    }

    private void FailOverdueCalls()
    {
        IReadOnlyList<IPendingCall> overdue = _heldDeadlines!.Sweep(_held, out TimeSpan? next);
        foreach (IPendingCall call in overdue)
        {
            _held.Remove(call);
            call.TryFail(call.HoldUntil == call.Deadline ? CallFailures.TimedOut(call) : CallFailures.NotReady(call, link.States.Current.Failure));
        }

        if (next is { } delay)
            Context.Timers.StartOnce(_heldTimer, delay, new SweepHeldCalls());
    }

    private void SubmitHeldCalls(ConnectionHandle connection)
    {
        while (_held.Dequeue() is { } call)
        {
            if (!call.IsCompleted)
                connection.Take(call);
        }
    }

    private void FailHeldCalls(Exception? reason)
    {
        while (_held.Dequeue() is { } call)
            call.TryFail(CallFailures.HypervisorClosed(call, reason));
    }
}
