namespace Libvirt;

/// <summary>Exponential delays with jitter: attempt n waits <c>min(Max, Min * Factor^(n-1))</c>, less a random share of up to <see cref="Jitter"/>.</summary>
public sealed record BackoffPolicy
{
    private readonly TimeSpan _min = TimeSpan.FromMilliseconds(200);
    private readonly TimeSpan _max = TimeSpan.FromSeconds(30);
    private readonly TimeSpan _resetAfter = TimeSpan.FromMinutes(1);
    private readonly double _jitter = 0.5;
    private readonly double _factor = 2;

    /// <summary>No delay at all.</summary>
    public static BackoffPolicy None { get; } = new() { Min = TimeSpan.Zero, Max = TimeSpan.Zero };

    /// <summary>The first delay; zero for no delay at all. Default 200 ms.</summary>
    public TimeSpan Min
    {
        get => _min;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _min = value;
        }
    }

    /// <summary>The longest delay. Default 30 s.</summary>
    public TimeSpan Max
    {
        get => _max;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _max = value;
        }
    }

    /// <summary>By how much each delay grows. Default 2.</summary>
    public double Factor
    {
        get => _factor;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _factor = value;
        }
    }

    /// <summary>The share of a delay, 0 to 1, that chance may take away, so that many actors do not come back as one. Default 0.5.</summary>
    public double Jitter
    {
        get => _jitter;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1);
            _jitter = value;
        }
    }

    /// <summary>How long a new incarnation must live before the next delay starts at <see cref="Min"/> again. Default 1 minute.</summary>
    public TimeSpan ResetAfter
    {
        get => _resetAfter;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _resetAfter = value;
        }
    }

    /// <summary>The delay before attempt <paramref name="attempt"/>, counted from 1.</summary>
    /// <param name="attempt">1 for the first.</param>
    /// <param name="random">A number from 0 to 1 that picks the point within the jitter.</param>
    public TimeSpan Delay(int attempt, double random)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(attempt);
        ArgumentOutOfRangeException.ThrowIfNegative(random);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(random, 1);
        if (_min == TimeSpan.Zero)
            return TimeSpan.Zero;
        double grown = _min.Ticks * Math.Pow(_factor, attempt - 1);
        double capped = Math.Min(grown, _max.Ticks);
        return TimeSpan.FromTicks((long)(capped * (1 - (_jitter * random))));
    }
}
