namespace Libvirt.Simulator;

/// <summary>Pings after each interval of silence and gives up when as many pings as allowed have found no answer of any kind.</summary>
internal sealed class KeepAliveTimer : IDisposable
{
    private readonly Lock _gate = new();
    private readonly int _count;
    private readonly Action _ping;
    private readonly Action _dead;
    private readonly ITimer _timer;
    private bool _heard;
    private int _left;

    public KeepAliveTimer(TimeProvider time, TimeSpan interval, int count, Action ping, Action dead)
    {
        _count = count;
        _left = count;
        _ping = ping;
        _dead = dead;
        _timer = time.CreateTimer(_ => Tick(), null, interval, interval);
    }

    /// <summary>Something came from the client.</summary>
    public void Heard()
    {
        lock (_gate)
        {
            _heard = true;
            _left = _count;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        bool isDead;
        lock (_gate)
        {
            if (_heard)
            {
                _heard = false;
                return;
            }
            isDead = _left == 0;
            _left--;
        }
        (isDead ? _dead : _ping)();
    }
}
