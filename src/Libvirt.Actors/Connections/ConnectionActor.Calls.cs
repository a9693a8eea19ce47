using Libvirt.Calls;

namespace Libvirt.Connections;

// Outgoing calls: accepted, queued, sent, given up.
internal sealed partial class ConnectionActor
{
    // Calls are sent ahead of the daemon's work only in turns that come once for many of them: each in its own turn, they would cost a write each.
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
        if (call is ActorCall actorCall)
            StartCallActor(actorCall);
        TrackDeadline(call.Deadline);
        if (call.Priority == CallPriority.Control)
            _urgent.Enqueue(call);
        else
            _waiting.Enqueue(call);
    }

    /// <summary>A call that arrived too late. The connection that an overflow connection relieved still takes it.</summary>
    private void TurnAway(IPendingCall call)
    {
        if (role == ConnectionRole.Overflow && handle.Successor is { } successor)
            successor.Take(call);
        else
            ReturnOrFail(call, handle.EndReason);
    }

    /// <summary>Sends as many calls as the window allows.</summary>
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
            return _window.HasRoom(CallPriority.Control, _inFlight.Count) ? _urgent.Dequeue() : null;
        if (!MaySendOrdinaryCalls)
            return null;
        return _window.HasRoom(CallPriority.Normal, _inFlight.Count) || (_sendsAhead && HasCallsToSendAhead) ? _waiting.Dequeue() : null;
    }

    private bool HasCallsToSendAhead => _waiting.First is { } next && _window.HasRoomAhead(next.Procedure, _inFlight.Count);

    private bool MaySendOrdinaryCalls => _state is ConnectionState.Ready or ConnectionState.Closing;

    private void Send(IPendingCall call)
    {
        _inFlight.Add(call);
        try
        {
            _sender!.AddCall(call, call.Serial);
            call.WasSent = true;
            call.SentAt = settings.Time.GetTimestamp();
        }
        catch (Exception error)
        {
            // The arguments cannot be encoded, or the caller's own code that encodes them throws. Only this call is affected.
            _inFlight.Withdraw(call);
            call.TryFail(error);
        }
    }

    private void Abandon(IPendingCall call)
    {
        if (call.Queue == _waiting || call.Queue == _urgent)
            call.Queue!.Remove(call);
        else
            _inFlight.Abandon(call);
    }

    private void TrackDeadline(long deadline)
    {
        if (_deadlines.TrackDeadline(deadline) is { } delay)
            Timers.StartSingleTimer(TimerKeys.Deadlines, new SweepDeadlines(), delay);
    }

    private void FailOverdueCalls()
    {
        IReadOnlyList<IPendingCall> overdue = _deadlines.Sweep(AllCalls, out TimeSpan? next);
        foreach (IPendingCall call in overdue)
        {
            LibvirtTimeoutException timeout = CallFailures.TimedOut(call);
            Abandon(call);
            call.TryFail(timeout);
        }

        if (next is { } delay)
            Timers.StartSingleTimer(TimerKeys.Deadlines, new SweepDeadlines(), delay);
    }

    private IEnumerable<IPendingCall> AllCalls => _inFlight.Awaited.Concat(_urgent).Concat(_waiting);
}
