namespace Actors.TestKit;

/// <summary>
/// A clock that stands still until it is advanced. Its timers fire on the advancing thread, in the order in which they are due, each at
/// its own instant: a callback that looks at the clock sees the time it was due at. A timer that is due at once fires with the next
/// advance, one by <see cref="TimeSpan.Zero"/> included. It refuses the times that the computer's own timers refuse. Free-threaded.
/// </summary>
/// <param name="start">What the clock shows first; the beginning of 2030 in UTC when not given.</param>
public sealed class VirtualTimeProvider(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly Lock _advancing = new();
    private readonly DateTimeOffset _start = start ?? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SortedSet<VirtualTimer> _active = new(VirtualTimer.ByDueTime);
    private long _elapsed;
    private long _sequence;

    /// <summary>The time that has passed since the clock was made.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _elapsed));

    /// <summary>How many timers are waiting to fire. After a test, each is a leak.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_gate)
                return _active.Count;
        }
    }

    /// <summary>How long until the next timer fires; null when there is none.</summary>
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

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _elapsed);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass. Returns when every timer due until then has fired.</summary>
    /// <param name="by">How much; zero fires what is due now.</param>
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
    /// Lets time pass up to the next instant at which timers are due, and fires those, when that lies within <paramref name="limit"/>.
    /// Otherwise time stays as it is.
    /// </summary>
    /// <returns>False when no timer is due within the limit.</returns>
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
                Activate(timer, _elapsed + dueTime.Ticks);
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

    private void Activate(VirtualTimer timer, long due)
    {
        timer.Due = due;
        timer.Sequence = ++_sequence;
        _active.Add(timer);
    }

    // What a callback schedules for the same instant fires with the next look, so that actors can settle in between.
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
                Activate(timer, timer.Due + timer.Period.Ticks);
            return timer;
        }
    }
}
