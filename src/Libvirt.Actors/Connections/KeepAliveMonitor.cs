namespace Libvirt.Connections;

/// <summary>
/// Measures silence. Any packet is a sign of life, not only a pong. Pings leave after each interval of silence but the last, which is the last ping's time
/// to be answered; where a single interval is allowed, the one ping leaves at its half.
/// </summary>
internal sealed class KeepAliveMonitor(TimeSpan interval, int allowedIntervals, TimeProvider time)
{
    private readonly TimeSpan _firstPing = allowedIntervals == 1 ? interval / 2 : interval;
    private readonly int _pings = Math.Max(1, allowedIntervals - 1);

    // So much too early a look pings all the same. The pong to the last ping came a round trip after it: to wait for that round trip to pass again would
    // take a second look for each ping, which ten thousand idle connections feel.
    private readonly TimeSpan _tooEarly = interval / 100;

    private long _heard = time.GetTimestamp();
    private int _unanswered;

    /// <summary>How long ago the last packet came.</summary>
    public TimeSpan Silence => time.GetElapsedTime(_heard);

    /// <summary>When to look first.</summary>
    public TimeSpan FirstLook => _firstPing;

    /// <summary>A packet came.</summary>
    public void Heard()
    {
        _heard = time.GetTimestamp();
        _unanswered = 0;
    }

    /// <summary>Says what is to be done now, and when to look again. A process that was stopped itself first pings, however long that was.</summary>
    public KeepAliveVerdict Look(out TimeSpan next)
    {
        next = interval;
        if (_unanswered == 0)
        {
            TimeSpan early = _firstPing - Silence;
            if (early > _tooEarly)
            {
                next = early;
                return KeepAliveVerdict.Wait;
            }

            next = allowedIntervals == 1 ? interval - _firstPing : interval;
            // What comes after a ping keeps its time.
            if (early > TimeSpan.Zero)
                next += early;
        }

        if (_unanswered == _pings)
            return KeepAliveVerdict.Dead;
        _unanswered++;
        return KeepAliveVerdict.Ping;
    }
}
