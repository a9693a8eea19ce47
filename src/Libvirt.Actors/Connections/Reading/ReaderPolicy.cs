namespace Libvirt.Connections;

/// <summary>
/// When a connection is busy enough for a thread of its own, and when it has become calm enough to give it back. The two lie far apart, so that a
/// connection does not go to and fro.
/// </summary>
internal sealed class ReaderPolicy(TimeProvider time)
{
    /// <summary>That many receives within <see cref="BusyWindow"/> make a connection busy.</summary>
    public const int BusyReceives = 32;

    /// <summary>Fewer than that within <see cref="CalmWindow"/> make it calm.</summary>
    public const int CalmReceives = 32;

    public static readonly TimeSpan BusyWindow = TimeSpan.FromMilliseconds(100);

    public static readonly TimeSpan CalmWindow = TimeSpan.FromSeconds(1);

    private long _since = time.GetTimestamp();
    private int _receives;

    /// <summary>Bytes came.</summary>
    public void Received() => _receives++;

    /// <summary>For a connection without a thread, after each receive.</summary>
    public bool IsBusy()
    {
        if (time.GetElapsedTime(_since) > BusyWindow)
            Begin(1);
        return _receives >= BusyReceives;
    }

    /// <summary>For a connection with a thread, after each receive and when there was none for a while.</summary>
    public bool IsCalm()
    {
        if (time.GetElapsedTime(_since) < CalmWindow)
            return false;
        bool calm = _receives < CalmReceives;
        Begin(0);
        return calm;
    }

    /// <summary>A new count, where the connection has just got a thread or given it back.</summary>
    public void Begin() => Begin(0);

    private void Begin(int receives)
    {
        _since = time.GetTimestamp();
        _receives = receives;
    }
}
