namespace Libvirt.Connections;

/// <summary>The keys of a connection's timers.</summary>
internal static class TimerKeys
{
    public static readonly object Deadlines = new();
    public static readonly object KeepAlive = new();
    public static readonly object Close = new();
    public static readonly object Stuck = new();
    public static readonly object Idle = new();
    public static readonly object Settling = new();
}
