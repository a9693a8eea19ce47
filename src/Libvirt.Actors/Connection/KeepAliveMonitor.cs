namespace Libvirt.Connection;

/// <summary>What a keepalive tick asks for.</summary>
internal enum KeepAliveVerdict
{
    /// <summary>Nothing: packets have come since the last tick.</summary>
    Alive,

    /// <summary>A ping: nothing has come.</summary>
    Ping,

    /// <summary>The end: as many pings as allowed went unanswered.</summary>
    Dead,
}

/// <summary>Counts silence. Any packet is a sign of life, not only a pong.</summary>
internal sealed class KeepAliveMonitor(int allowedPings)
{
    private bool _heard = true;
    private int _unanswered;

    /// <summary>A packet came.</summary>
    public void Heard() => _heard = true;

    /// <summary>An interval has passed.</summary>
    public KeepAliveVerdict Tick()
    {
        if (_heard)
        {
            _heard = false;
            _unanswered = 0;
            return KeepAliveVerdict.Alive;
        }

        if (_unanswered >= allowedPings)
            return KeepAliveVerdict.Dead;
        _unanswered++;
        return KeepAliveVerdict.Ping;
    }
}
