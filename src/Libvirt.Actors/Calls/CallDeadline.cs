namespace Libvirt.Calls;

/// <summary>Deadlines as timestamps of a <see cref="TimeProvider"/>.</summary>
internal static class CallDeadline
{
    /// <summary>
    /// The timestamp at which <paramref name="timeout"/> from now is over; <see cref="long.MaxValue"/> when it is infinite or beyond what timestamps count.
    /// </summary>
    public static long After(TimeSpan timeout, TimeProvider time)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
            return long.MaxValue;
        long now = time.GetTimestamp();
        double ahead = timeout.TotalSeconds * time.TimestampFrequency;
        return ahead < long.MaxValue - now ? now + (long)ahead : long.MaxValue;
    }
}
