namespace Libvirt.Bench.Work;

/// <summary>What all callers look at after each call.</summary>
internal sealed class Phase
{
    private volatile bool _isRecording;
    private volatile bool _isOver;

    public bool IsRecording
    {
        get => _isRecording;
        set => _isRecording = value;
    }

    public bool IsOver
    {
        get => _isOver;
        set => _isOver = value;
    }
}
