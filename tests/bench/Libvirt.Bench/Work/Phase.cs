namespace Libvirt.Bench.Work;

/// <summary>What all callers look at after each call.</summary>
internal sealed class Phase
{
    private volatile bool _isRecording;
    private long _fixedRateSince;
    private volatile bool _isOver;

    public bool IsRecording
    {
        get => _isRecording;
        set => _isRecording = value;
    }

    /// <summary>The timestamp at which the fixed rate began; 0 while callers call again at once.</summary>
    public long FixedRateSince
    {
        get => Volatile.Read(ref _fixedRateSince);
        set => Volatile.Write(ref _fixedRateSince, value);
    }

    public bool IsOver
    {
        get => _isOver;
        set => _isOver = value;
    }
}
