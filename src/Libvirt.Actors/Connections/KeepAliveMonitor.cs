namespace Libvirt.Connections;

/// <summary>
/// Measures silence and decides about pings. Any packet is a sign of life, not only a pong. A ping is sent after each interval of silence except the last,
/// within which the last ping must be answered; if a single interval is allowed, the only ping is sent after half of it.
/// </summary>
internal sealed class KeepAliveMonitor(TimeSpan interval, int allowedIntervals, TimeProvider time)
{
    private readonly TimeSpan _firstPing = allowedIntervals == 1 ? interval / 2 : interval;
    private readonly int _pings = Math.Max(1, allowedIntervals - 1);

    // A check that is early by no more than this pings as well. The pong to the last ping arrived a round trip after it: waiting for that round trip once
    // more would take a second timer for each ping, which is measurable with ten thousand idle connections.
    private readonly TimeSpan _tolerance = interval / 100;

    private bool _isRunning;
    private bool _hasUnconfirmedData;
    private long _lastPacket;
    private int _unanswered;

    /// <summary>How long ago the last packet came.</summary>
    public TimeSpan Silence => time.GetElapsedTime(_lastPacket);

    /// <summary>Begins to measure. Before that, and if it is never called, packets are not counted.</summary>
    /// <returns>When to check first.</returns>
    public TimeSpan Start()
    {
        _isRunning = true;
        PacketReceived();
        return _firstPing;
    }

    /// <summary>A packet came, or something else shows that the daemon is alive.</summary>
    public void PacketReceived()
    {
        if (!_isRunning)
            return;
        _lastPacket = time.GetTimestamp();
        _unanswered = 0;
    }

    /// <summary>A ping was answered, so the daemon has read everything that was sent before it.</summary>
    public void PongReceived() => _hasUnconfirmedData = false;

    /// <summary>
    /// Data was sent to a console. A daemon whose guest does not read its console cannot read a ping that follows, so silence does not count until a later pong
    /// shows that the daemon has read the data.
    /// </summary>
    public void ConsoleDataSent() => _hasUnconfirmedData = true;

    /// <summary>Decides what is to be done now. A process that was suspended pings first, however long that took.</summary>
    /// <param name="isReadingPaused">Whether the user of a stream has not read what was received, so that the socket is not read: silence does not count.</param>
    /// <param name="next">When to check again.</param>
    public KeepAliveVerdict Check(bool isReadingPaused, out TimeSpan next)
    {
        if (isReadingPaused || _hasUnconfirmedData)
            PacketReceived();
        next = interval;
        if (_unanswered == 0)
        {
            TimeSpan early = _firstPing - Silence;
            if (early > _tolerance)
            {
                next = early;
                return KeepAliveVerdict.Wait;
            }

            next = allowedIntervals == 1 ? interval - _firstPing : interval;
            // The next check keeps its time.
            if (early > TimeSpan.Zero)
                next += early;
        }

        if (_unanswered == _pings)
            return KeepAliveVerdict.Dead;
        _unanswered++;
        return KeepAliveVerdict.Ping;
    }
}
