namespace Libvirt.Testing;

/// <summary>What went through a proxy, in order of arrival.</summary>
public sealed class Recording
{
    private readonly Lock _gate = new();
    private readonly List<RecordedFrame> _frames = [];

    /// <summary>Whether messages are kept; turn it off where they are many or large and nobody looks at them.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Everything until now.</summary>
    public IReadOnlyList<RecordedFrame> Frames
    {
        get
        {
            lock (_gate)
                return [.. _frames];
        }
    }

    /// <summary>Forgets everything until now.</summary>
    public void Clear()
    {
        lock (_gate)
            _frames.Clear();
    }

    internal void Add(RecordedFrame frame)
    {
        if (!IsOn)
            return;
        lock (_gate)
            _frames.Add(frame);
    }
}
