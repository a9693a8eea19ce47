using System.Diagnostics.CodeAnalysis;

namespace Libvirt.Connection;

/// <summary>
/// The right to read a busy connection, or to wait until its socket takes bytes, held by one thread at a time. The thread that has read a batch also lets
/// the callers whose calls were answered go on, which saves them the way through the thread pool. A caller that holds the thread up loses it the seat:
/// another thread, or where there is none the thread pool, takes over the work and the callers that were left, and the first thread stays with whoever held
/// it up.
/// </summary>
internal sealed class Seat(ISeatWork work, ContinuationTrust trust, ReaderSettings settings)
{
    private readonly ReaderThreads _threads = settings.Threads!;
    private readonly List<IWaiter> _answered = [];
    private readonly Lock _gate = new();

    // All under the gate, but for glances at whether anything is worth it.
    private long _occupant;
    private int _told;
    private long _callers;
    private bool _isWithCallers;

    // The watch's own.
    private long _lastSeen = -1;

    /// <summary>Whether its thread is in callers' code.</summary>
    public bool IsWithCallers => Volatile.Read(ref _isWithCallers);

    /// <summary>Has a thread take the seat; false when there is none.</summary>
    public bool TryOccupy() => _threads.TryRun(() => Occupy(0));

    /// <summary>
    /// Called every millisecond: takes the seat from a thread that has been in the same caller's code since the last time. False when nothing has
    /// happened since then.
    /// </summary>
    public bool Look()
    {
        long seen = Volatile.Read(ref _callers);
        bool progress = seen != _lastSeen;
        _lastSeen = seen;
        if (!IsWithCallers)
            return progress;
        if (!progress)
            TakeOver(seen);
        return true;
    }

    private void Occupy(long occupant)
    {
        if (occupant == 0 && !_threads.Watch.TryAdd(this))
        {
            work.Leave(ended: false, null);
            return;
        }

        try
        {
            while (true)
            {
                SeatStep step = work.Step(settings.Inline && trust.IsGiven() ? _answered : null);
                if (_answered.Count > 0 && !TellCallers(occupant))
                    return;
                if (step != SeatStep.GoOn)
                {
                    Leave(step == SeatStep.Ended);
                    return;
                }
            }
        }
        catch (Exception error)
        {
            Leave(ended: true, error);
        }
    }

    private void Leave(bool ended, Exception? error = null)
    {
        _threads.Watch.Remove(this);
        work.Leave(ended, error);
    }

    /// <summary>Lets the callers go on, one after the other. False when the seat was lost meanwhile: nothing of it may be touched any longer.</summary>
    private bool TellCallers(long occupant)
    {
        long start = settings.Time.GetTimestamp();
        TimeSpan allowed = TimeSpan.Zero;
        while (TryNextCaller(occupant, out IWaiter? call))
        {
            // Before it goes on: it may be somebody else's right after.
            allowed += call.Allowance;
            CallerCode.Run(call, settings.Log);
        }

        if (occupant != Volatile.Read(ref _occupant))
            return false;
        trust.Account(settings.Time.GetElapsedTime(start), allowed);
        return true;
    }

    private bool TryNextCaller(long occupant, [NotNullWhen(true)] out IWaiter? call)
    {
        bool first;
        lock (_gate)
        {
            call = null;
            if (_occupant != occupant)
                return false;
            if (_told == _answered.Count)
            {
                _answered.Clear();
                _told = 0;
                _isWithCallers = false;
                return false;
            }

            first = !_isWithCallers;
            _isWithCallers = true;
            _callers++;
            call = _answered[_told++];
        }

        if (first)
            _threads.Watch.WakeIfAsleep();
        return true;
    }

    private void TakeOver(long seen)
    {
        IWaiter[] rest;
        long next;
        lock (_gate)
        {
            if (!_isWithCallers || _callers != seen)
                return;
            next = ++_occupant;
            rest = [.. _answered.Skip(_told)];
            _answered.Clear();
            _told = 0;
            _isWithCallers = false;
        }

        trust.Stalled();
        foreach (IWaiter call in rest)
            ThreadPool.UnsafeQueueUserWorkItem(static call => call.Tell(inline: false), call, preferLocal: false);
        if (_threads.TryRun(() => Occupy(next)))
            return;
        Leave(ended: false);
    }
}
