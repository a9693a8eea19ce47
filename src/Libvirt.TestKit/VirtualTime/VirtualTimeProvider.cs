namespace Libvirt.TestKit;

/// <summary>
/// A clock that moves only when it is advanced. Its timers fire on the advancing thread in the order in which they are due, each at its
/// own instant: a callback that reads the clock sees the time at which it was due. A timer that is due immediately fires with the next
/// advance, including an advance by <see cref="TimeSpan.Zero"/>. Timers accept the same range of times as those of
/// <see cref="TimeProvider.System"/>. All members are thread-safe.
/// </summary>
/// <remarks>
/// <c>FakeTimeProvider</c> of Microsoft.Extensions.TimeProvider.Testing can neither report when its next timer is due nor count its active
/// timers; advancing instant by instant and finding leaked timers need both.
/// </remarks>
/// <param name="start">The initial time; the beginning of 2030 in UTC by default.</param>
public sealed class VirtualTimeProvider(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly Lock _advancing = new();
    private readonly DateTimeOffset _start = start ?? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SortedSet<VirtualTimer> _active = new(VirtualTimer.ByDueTime);
    private long _elapsed;
    private long _sequence;

    /// <summary>The virtual time that has passed since the clock was created.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _elapsed));

    /// <summary>The number of timers that are waiting to fire. A timer that is active after a test is a leak.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_gate)
                return _active.Count;
        }
    }

    /// <summary>The time until the next timer is due; null when there is none.</summary>
    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_gate)
                return _active.Min is { } next ? TimeSpan.FromTicks(next.Due - _elapsed) : null;
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Counts the outstanding work of the actor systems that run on this clock.</summary>
    internal ActivityTracker Activity { get; } = new();

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _elapsed);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state, ExecutionContext.Capture());
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Describes the active timers in the order in which they are due, one line each, for the text of a failed expectation.</summary>
    public IReadOnlyList<string> DescribeTimers()
    {
        lock (_gate)
            return [.. _active.Select(timer => timer.Describe(TimeSpan.FromTicks(_elapsed)))];
    }

    /// <summary>Advances the clock. Returns when every timer that is due until then has fired.</summary>
    /// <param name="by">The virtual time to add; zero fires the timers that are due now.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_advancing)
        {
            long target = _elapsed + by.Ticks;
            while (FireNextInstant(target))
            {
            }

            Interlocked.Exchange(ref _elapsed, Math.Max(_elapsed, target));
        }
    }

    /// <summary>
    /// Advances the clock to the next instant at which timers are due and fires them, if that instant lies within
    /// <paramref name="limit"/>. Otherwise the clock does not move.
    /// </summary>
    /// <param name="limit">The longest time to advance; zero fires only timers that are due now.</param>
    /// <returns>False when no timer is due within the limit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public bool TryAdvanceToNextTimer(TimeSpan limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, TimeSpan.Zero);
        lock (_advancing)
            return FireNextInstant(_elapsed + limit.Ticks);
    }

    internal bool Schedule(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.IsDisposed)
                return false;
            _active.Remove(timer);
            timer.Period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
                Activate(timer, dueTime);
            return true;
        }
    }

    internal void Remove(VirtualTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _active.Remove(timer);
        }
    }

    /// <summary>Removes the active timers whose state meets the condition.</summary>
    internal void RemoveWhere(Predicate<object?> stateMatches)
    {
        lock (_gate)
            _active.RemoveWhere(timer => stateMatches(timer.State));
    }

    // Akka accepts delays up to TimeSpan.MaxValue, so the sum saturates.
    private void Activate(VirtualTimer timer, TimeSpan dueTime)
    {
        timer.Due = dueTime.Ticks > long.MaxValue - _elapsed ? long.MaxValue : _elapsed + dueTime.Ticks;
        timer.Sequence = ++_sequence;
        _active.Add(timer);
    }

    // A timer that a callback schedules for the same instant fires with the next call, so that actors can settle in between.
    private bool FireNextInstant(long target)
    {
        long newest;
        lock (_gate)
        {
            if (_active.Min is not { } next || next.Due > target)
                return false;
            Interlocked.Exchange(ref _elapsed, Math.Max(_elapsed, next.Due));
            newest = _sequence;
        }

        while (TakeDue(newest) is { } timer)
            timer.Fire();
        return true;
    }

    private VirtualTimer? TakeDue(long newest)
    {
        lock (_gate)
        {
            VirtualTimer? timer = _active.Min;
            if (timer is null || timer.Due > _elapsed || timer.Sequence > newest)
                return null;
            _active.Remove(timer);
            if (timer.Period > TimeSpan.Zero)
            {
                timer.Due += timer.Period.Ticks;
                timer.Sequence = ++_sequence;
                _active.Add(timer);
            }

            return timer;
        }
    }
}
