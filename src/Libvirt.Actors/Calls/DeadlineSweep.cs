namespace Libvirt.Calls;

/// <summary>
/// One timer for all deadlines of an actor's calls, set to the earliest of them. Deadlines that lie close together share a sweep, so a call may
/// end up to <see cref="Resolution"/> late.
/// </summary>
internal sealed class DeadlineSweep(TimeProvider time, Func<IPendingCall, long> deadlineOf)
{
    /// <summary>The least time between two sweeps.</summary>
    public static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(10);

    // Timers cannot wait much longer than twice that. A sweep that comes too early finds nothing and has the next one follow.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(24);

    private readonly List<IPendingCall> _overdue = [];
    private long _nextSweep = long.MaxValue;

    /// <summary>Takes a new deadline into account: the delay until a timer must fire, or null when the one that runs is early enough.</summary>
    public TimeSpan? TrackDeadline(long deadline)
    {
        if (deadline >= _nextSweep)
            return null;
        _nextSweep = deadline;
        return DelayUntil(deadline);
    }

    /// <summary>The calls whose time is over, in no order, and the delay until the next sweep; null when no deadline is left.</summary>
    public IReadOnlyList<IPendingCall> Sweep(IEnumerable<IPendingCall> calls, out TimeSpan? next)
    {
        long now = time.GetTimestamp();
        _overdue.Clear();
        _nextSweep = long.MaxValue;
        foreach (IPendingCall call in calls)
        {
            long deadline = deadlineOf(call);
            if (deadline <= now)
                _overdue.Add(call);
            else if (deadline < _nextSweep)
                _nextSweep = deadline;
        }

        next = _nextSweep == long.MaxValue ? null : DelayUntil(_nextSweep);
        return _overdue;
    }

    private TimeSpan DelayUntil(long timestamp)
    {
        TimeSpan delay = time.GetElapsedTime(time.GetTimestamp(), timestamp);
        return TimeSpan.FromTicks(Math.Clamp(delay.Ticks, Resolution.Ticks, LongestDelay.Ticks));
    }
}
