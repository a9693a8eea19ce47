namespace Libvirt.Connection;

/// <summary>The keys of a connection's timers.</summary>
internal static class TimerKeys
{
    public static readonly object Deadlines = new();
    public static readonly object KeepAlive = new();
    public static readonly object Close = new();
}
