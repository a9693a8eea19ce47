namespace Libvirt.Kill.Load;

/// <summary>The call that one caller has under way. Written by the caller, read by any thread.</summary>
internal sealed class CallSlot
{
    private volatile CallUnderWay? _current;

    /// <summary>The call; null between two calls.</summary>
    public CallUnderWay? Current
    {
        get => _current;
        set => _current = value;
    }
}
