namespace Libvirt.Calls;

/// <summary>Deadlines as timestamps of a <see cref="TimeProvider"/>.</summary>
internal static class CallDeadline
{
    /// <summary>The timestamp at which <paramref name="timeout"/> from now is over; <see cref="long.MaxValue"/> when it is infinite.</summary>
    public static long After(TimeSpan timeout, TimeProvider time) => timeout == Timeout.InfiniteTimeSpan
        ? long.MaxValue
        : time.GetTimestamp() + (long)(timeout.TotalSeconds * time.TimestampFrequency);
}
