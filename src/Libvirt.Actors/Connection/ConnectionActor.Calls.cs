using Libvirt.Calls;

namespace Libvirt.Connection;

// Calls on their way out: accepted, queued, put on the wire, given up.
internal sealed partial class ConnectionActor
{
    // Calls are sent ahead of the daemon's work only in turns that come once for many of them: each for itself, they would cost a write each.
    private bool _sendsAhead;

    private void Accept(IPendingCall call)
    {
        if (call.IsCompleted)
            return;
        if (_state is ConnectionState.Closing or ConnectionState.Closed && call.Priority == CallPriority.Normal)
        {
            TurnAway(call);
            return;
        }

        if (call.Priority == CallPriority.Normal && _waiting.Count >= settings.Options.QueueCapacity)
        {
            call.TryFail(new LibvirtQueueFullException(call.Procedure.Name));
            return;
        }

        if (IsKnownSlow(call) && TryPassOn(call))
            return;
        Observe(call.Deadline);
        if (call.Priority == CallPriority.Control)
            _urgent.Enqueue(call);
        else
            _waiting.Enqueue(call);
    }

    /// <summary>A call that came too late. What a connection for relief does not take any longer, others still do.</summary>
    private void TurnAway(IPendingCall call)
    {
        if (role == ConnectionRole.Overflow && handle.Successor is { } successor)
            successor.Take(call);
        else
            ReturnOrFail(call, handle.EndReason);
    }

    /// <summary>Puts on the wire what the window has room for.</summary>
    private void Pump()
    {
        while (NextSendable() is { } call)
        {
            if (!call.IsCompleted)
                Send(call);
        }

        _sendsAhead = false;
    }

    private IPendingCall? NextSendable()
    {
        if (_sender is not { IsBlocked: false })
            return null;
        if (_urgent.Count > 0)
            return _window.HasRoom(CallPriority.Control, _onTheWire.Count) ? _urgent.Dequeue() : null;
        if (!MaySendOrdinaryCalls)
            return null;
        return _window.HasRoom(CallPriority.Normal, _onTheWire.Count) || (_sendsAhead && HasCallsToSendAhead) ? _waiting.Dequeue() : null;
    }

    private bool HasCallsToSendAhead => _waiting.First is { } next && _window.HasRoomAhead(next.Procedure, _onTheWire.Count);

    private bool MaySendOrdinaryCalls => _state is ConnectionState.Ready or ConnectionState.Closing;

    private void Send(IPendingCall call)
    {
        uint serial = _onTheWire.Add(call);
        try
        {
            _sender!.AddCall(call, serial);
            call.WasSent = true;
            call.SentAt = Context.Time.GetTimestamp();
        }
        catch (Exception error)
        {
            // A mistake in the arguments or in code of the caller's own that writes them, and the caller's alone.
            _onTheWire.Withdraw(call);
            call.TryFail(error);
        }
    }

    private void Abandon(IPendingCall call)
    {
        if (call.Queue == _waiting || call.Queue == _urgent)
            call.Queue!.Remove(call);
        else
            _onTheWire.Abandon(call);
    }

    private void Observe(long deadline)
    {
        if (_deadlines!.Observe(deadline) is { } delay)
            Context.Timers.StartOnce(TimerKeys.Deadlines, delay, new SweepDeadlines());
    }

    private void FailOverdueCalls()
    {
        IEnumerable<IPendingCall> all = _onTheWire.Awaited.Concat(_urgent).Concat(_waiting);
        IReadOnlyList<IPendingCall> overdue = _deadlines!.Sweep(all, out TimeSpan? next);
        foreach (IPendingCall call in overdue)
        {
            LibvirtTimeoutException timeout = CallFailures.TimedOut(call);
            Abandon(call);
            call.TryFail(timeout);
        }

        if (next is { } delay)
            Context.Timers.StartOnce(TimerKeys.Deadlines, delay, new SweepDeadlines());
    }
}
