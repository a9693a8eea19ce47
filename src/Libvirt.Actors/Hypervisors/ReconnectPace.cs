namespace Libvirt;

/// <summary>
/// Spreads the attempts to reconnect of all hypervisors of a runtime. A few that are due together go on at once; where thousands are, each gets a turn
/// of its own, one after the other, so that no handshake has to share the processor with all others.
/// </summary>
internal sealed class ReconnectPace
{
    // So many as the rate allows in this time may go on together: fleets that are no larger never notice.
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private volatile int _perSecond = 2000;
    private TimeSpan _next = TimeSpan.MinValue;

    /// <summary>How many attempts may begin in a second; 0 for no limit.</summary>
    public int PerSecond
    {
        get => _perSecond;
        set => _perSecond = value;
    }

    /// <summary>Takes the next turn, and tells how long it is until then: zero for now.</summary>
    /// <param name="now">By a clock that never goes back; whatever it counts from.</param>
    public TimeSpan TakeTurn(TimeSpan now)
    {
        if (_perSecond is not (> 0 and var rate))
            return TimeSpan.Zero;
        TimeSpan interval = TimeSpan.FromTicks(TimeSpan.TicksPerSecond / rate);
        TimeSpan ahead = Together > interval ? Together - interval : TimeSpan.Zero;
        lock (_gate)
        {
            TimeSpan turn = _next > now - ahead ? _next : now - ahead;
            _next = turn + interval;
            return turn > now ? turn - now : TimeSpan.Zero;
        }
    }
}
