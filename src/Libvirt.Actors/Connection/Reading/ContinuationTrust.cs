namespace Libvirt.Connection;

/// <summary>
/// Whether callers may go on on the reading thread: as long as on average they need it for less than the way through the thread pool would cost.
/// Those who compute or block there are sent to the pool for a while, and then given another chance, each time later.
/// </summary>
internal sealed class ContinuationTrust(TimeProvider time)
{
    /// <summary>What a caller may take on average.</summary>
    public static readonly TimeSpan CallerAllowance = TimeSpan.FromMicroseconds(50);

    /// <summary>What a reader may take on average: it has up to 256 KiB of a stream to work on each time, or a hundred events.</summary>
    public static readonly TimeSpan ReaderAllowance = TimeSpan.FromMicroseconds(250);

    /// <summary>What a writer may take on average, with its next packet: the daemon has a full socket to read meanwhile.</summary>
    public static readonly TimeSpan WriterAllowance = TimeSpan.FromMilliseconds(1);

    /// <summary>The most that one batch of callers counts, so that a machine which lets the thread wait is not taken for a caller that does.</summary>
    public static readonly TimeSpan HeaviestStep = TimeSpan.FromMilliseconds(4);

    /// <summary>How far callers may be behind the allowance.</summary>
    public static readonly TimeSpan Credit = TimeSpan.FromMilliseconds(20);

    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private TimeSpan _debt;
    private TimeSpan _pause = FirstPause;
    private long _pausedAt;
    private bool _paused;

    /// <summary>Whether callers may go on there now.</summary>
    public bool IsGiven()
    {
        if (!Volatile.Read(ref _paused))
            return true;
        lock (_gate)
        {
            if (time.GetElapsedTime(_pausedAt) < _pause)
                return false;
            // On probation: half of the credit, and a longer pause if it is used up.
            _paused = false;
            _debt = Credit / 2;
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            return true;
        }
    }

    /// <summary>Callers had the thread for so long, and were allowed so much, together.</summary>
    public void Account(TimeSpan taken, TimeSpan allowed)
    {
        TimeSpan step = (taken < HeaviestStep ? taken : HeaviestStep) - allowed;
        lock (_gate)
            Add(step);
    }

    /// <summary>A caller has held the thread up until it lost the seat.</summary>
    public void Stalled()
    {
        lock (_gate)
            Add(HeaviestStep);
    }

    private void Add(TimeSpan step)
    {
        _debt += step;
        if (_debt <= TimeSpan.Zero)
        {
            // Paid back: the next mistake is a first one again.
            _debt = TimeSpan.Zero;
            _pause = FirstPause;
        }
        else if (_debt >= Credit && !_paused)
        {
            _paused = true;
            _pausedAt = time.GetTimestamp();
        }
    }
}
