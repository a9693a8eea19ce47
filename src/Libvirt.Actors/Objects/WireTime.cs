namespace Libvirt;

/// <summary>Times that the wire carries as seconds since 1970.</summary>
internal static class WireTime
{
    private const uint MicrosecondsPerSecond = 1_000_000;

    private static readonly long MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>The time; null when the daemon states none, or one that does not exist.</summary>
    /// <param name="seconds">Seconds since 1970; negative for none.</param>
    /// <param name="microseconds">Microseconds in addition, less than a million.</param>
    public static DateTimeOffset? FromUnix(long seconds, uint microseconds = 0) =>
        seconds < 0 || seconds > MaxSeconds || microseconds >= MicrosecondsPerSecond
            ? null
            : DateTimeOffset.FromUnixTimeSeconds(seconds).AddMicroseconds(microseconds);
}
