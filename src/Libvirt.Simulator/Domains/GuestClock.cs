namespace Libvirt.Simulator;

/// <summary>How long a guest has run since it started; pauses do not count.</summary>
internal sealed class GuestClock
{
    private readonly TimeProvider _time;
    private TimeSpan _before;
    private long _since;
    private bool _isRunning;

    public GuestClock(TimeProvider time) => _time = time;

    public bool IsRunning
    {
        get => _isRunning;
        set
        {
            if (_isRunning == value)
                return;
            if (_isRunning)
                _before += _time.GetElapsedTime(_since);
            _since = _time.GetTimestamp();
            _isRunning = value;
        }
    }

    public TimeSpan RunTime => _isRunning ? _before + _time.GetElapsedTime(_since) : _before;

    public void Restart()
    {
        _before = TimeSpan.Zero;
        _since = _time.GetTimestamp();
    }
}
