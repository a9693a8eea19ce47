using Libvirt.Calls;

namespace Libvirt.Connections;

/// <summary>
/// The calls of one connection, from the queue to the reply: control calls and ordinary calls that wait, calls in flight, the window that limits these, and
/// their deadlines. Used in the connection's turns only.
/// </summary>
internal sealed class OutgoingCalls(HypervisorOptions options, TimeProvider time)
{
    private readonly CallQueue _control = new();
    private readonly CallQueue _waiting = new();
    private readonly InFlightWindow _window = new(options.MaxInFlight);
    private readonly DeadlineSweep _deadlines = new(time, static call => call.Deadline);
    private bool _sendsAhead;

    /// <summary>The serials of calls in flight and of streams.</summary>
    public SerialMap Serials { get; } = new();

    /// <summary>The ordinary calls that wait for a place in the window.</summary>
    public CallQueue Waiting => _waiting;

    /// <summary>Whether the queue holds as many ordinary calls as <see cref="HypervisorOptions.QueueCapacity"/> allows.</summary>
    public bool IsFull => _waiting.Count >= options.QueueCapacity;

    /// <summary>Whether ordinary calls are sent: the handshake has been completed.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether no call waits and none is in flight, abandoned ones included.</summary>
    public bool IsIdle => Serials.Count + _waiting.Count + _control.Count == 0;

    /// <summary>Whether no caller awaits a reply. Abandoned calls may still be in flight.</summary>
    public bool IsDrained => _waiting.Count + _control.Count == 0 && !Serials.Awaited.Any();

    /// <summary>Whether ordinary calls wait and the window has no place for the next one.</summary>
    public bool IsBackedUp => _waiting.Count > 0 && !_window.HasRoom(CallPriority.Normal, Serials.Count);

    /// <summary>Whether the next ordinary call may be sent ahead of those that the daemon works on.</summary>
    public bool HasCallsToSendAhead => _waiting.First is { } next && _window.HasRoomAhead(next.Procedure, Serials.Count);

    private IEnumerable<IPendingCall> All => Serials.Awaited.Concat(_control).Concat(_waiting);

    /// <summary>Ordinary calls are sent from now on.</summary>
    public void Open() => IsOpen = true;

    /// <summary>
    /// Allows the next <see cref="Send"/> to send calls ahead. Only in turns that come once for many calls: each in a turn of its own, they would cost a write
    /// each.
    /// </summary>
    public void AllowSendingAhead() => _sendsAhead = true;

    /// <summary>Queues a call.</summary>
    /// <returns>The delay after which <see cref="FailOverdue"/> must be called; null when the timer that runs is early enough.</returns>
    public TimeSpan? Add(IPendingCall call)
    {
        TimeSpan? sweep = _deadlines.TrackDeadline(call.Deadline);
        if (call.Priority == CallPriority.Control)
            _control.Enqueue(call);
        else
            _waiting.Enqueue(call);
        return sweep;
    }

    /// <summary>Puts as many calls into the batch as the window allows.</summary>
    public void Send(FrameSender sender)
    {
        while (!sender.IsBlocked && NextSendable() is { } call)
        {
            if (!call.IsCompleted)
                Write(call, sender);
        }

        _sendsAhead = false;
    }

    /// <summary>Takes a call that a reply has come for. False when no call has that serial; a null call was abandoned.</summary>
    public bool TryTake(uint serial, out IPendingCall? call) => Serials.TryRemove(serial, out call);

    /// <summary>The daemon has answered a call that was still awaited.</summary>
    public void Answered(IPendingCall call) => _window.Answered(call.Procedure, time.GetElapsedTime(call.SentAt));

    /// <summary>Removes a call that its caller has given up. If it was sent, its serial and its place in the window stay reserved until the reply arrives.</summary>
    public void Abandon(IPendingCall call)
    {
        if (call.Queue == _waiting || call.Queue == _control)
            call.Queue!.Remove(call);
        else
            Serials.Abandon(call);
    }

    /// <summary>Abandons and fails the calls that a requester cancels.</summary>
    public void Cancel(CancelActorCalls cancel)
    {
        foreach (ActorCall call in All.OfType<ActorCall>().Where(cancel.Includes).ToArray())
        {
            Abandon(call);
            call.TryFail(new OperationCanceledException($"{call.Procedure.Name} was cancelled by its requester."));
        }
    }

    /// <summary>Abandons and fails the calls whose deadline has passed.</summary>
    /// <returns>The delay after which it must be called again; null when no deadline is left.</returns>
    public TimeSpan? FailOverdue()
    {
        IReadOnlyList<IPendingCall> overdue = _deadlines.Sweep(All, out TimeSpan? next);
        foreach (IPendingCall call in overdue)
        {
            LibvirtTimeoutException timeout = CallFailures.TimedOut(call);
            Abandon(call);
            call.TryFail(timeout);
        }

        return next;
    }

    /// <summary>Whether every call in flight that is still awaited has been there for that long.</summary>
    public bool AllInFlightFor(TimeSpan duration) => Serials.Awaited.All(call => time.GetElapsedTime(call.SentAt) >= duration);

    /// <summary>Removes all calls: those in flight in the order they were sent, then control calls, then ordinary ones.</summary>
    public List<IPendingCall> TakeAll()
    {
        List<IPendingCall> calls = [.. Serials.TakeAwaited()];
        while ((_control.Dequeue() ?? _waiting.Dequeue()) is { } call)
            calls.Add(call);
        return calls;
    }

    private IPendingCall? NextSendable()
    {
        if (_control.Count > 0)
            return _window.HasRoom(CallPriority.Control, Serials.Count) ? _control.Dequeue() : null;
        if (!IsOpen)
            return null;
        return _window.HasRoom(CallPriority.Normal, Serials.Count) || (_sendsAhead && HasCallsToSendAhead) ? _waiting.Dequeue() : null;
    }

    private void Write(IPendingCall call, FrameSender sender)
    {
        Serials.Add(call);
        try
        {
            sender.AddCall(call, call.Serial);
            call.WasSent = true;
            call.SentAt = time.GetTimestamp();
        }
        catch (Exception error)
        {
            // The arguments cannot be encoded, or the caller's own code that encodes them throws. Only this call is affected.
            Serials.Withdraw(call);
            call.TryFail(error);
        }
    }
}
