using System.Globalization;

namespace Libvirt.Hosting.Hocon;

/// <summary>Durations as people write them in configuration: <c>10s</c>, <c>500 ms</c>, <c>1.5 hours</c>, <c>infinite</c>.</summary>
public static class HoconDuration
{
    // In nanoseconds. The unit without a name is what a bare number is in.
    private static readonly Dictionary<string, decimal> Units = UnitText.Named(
        (1m, "ns nano nanos nanosecond nanoseconds"),
        (1e3m, "us micro micros microsecond microseconds"),
        (1e6m, "ms milli millis millisecond milliseconds "),
        (1e9m, "s second seconds"),
        (60e9m, "m minute minutes"),
        (3600e9m, "h hour hours"),
        (86400e9m, "d day days"));

    /// <summary>
    /// Reads a number with a unit (ns, us, ms, s, m, h, d, or their names in full), <c>infinite</c> as <see cref="Timeout.InfiniteTimeSpan"/>, or what
    /// .NET writes, such as <c>00:00:10</c>. A number without a unit is in milliseconds. What is shorter than 100 ns is cut off.
    /// </summary>
    /// <returns>False when it is nothing of that, or too long for a <see cref="TimeSpan"/>.</returns>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        string trimmed = text?.Trim() ?? "";
        if (trimmed is "infinite")
        {
            duration = Timeout.InfiniteTimeSpan;
            return true;
        }

        if (trimmed.Contains(':', StringComparison.Ordinal))
            return TimeSpan.TryParseExact(trimmed, "c", CultureInfo.InvariantCulture, out duration);
        if (!UnitText.TryParse(trimmed, Units, out decimal nanoseconds))
            return false;
        decimal ticks = decimal.Truncate(nanoseconds / 100);
        if (ticks is < long.MinValue or > long.MaxValue)
            return false;
        duration = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, for text that has to be right.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static TimeSpan Parse(string text) => TryParse(text, out TimeSpan duration)
        ? duration
        : throw new FormatException($"'{text}' is no duration; write a number and a unit, such as 500ms, 10s, 5m, 2h, 1d, or 'infinite'");

    /// <summary>Writes a duration in the largest unit that gives a whole number.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == Timeout.InfiniteTimeSpan)
            return "infinite";
        (long ticks, string unit)[] units =
        [
            (TimeSpan.TicksPerDay, "d"), (TimeSpan.TicksPerHour, "h"), (TimeSpan.TicksPerMinute, "m"), (TimeSpan.TicksPerSecond, "s"),
            (TimeSpan.TicksPerMillisecond, "ms"), (TimeSpan.TicksPerMicrosecond, "us"),
        ];
        if (duration == TimeSpan.Zero)
            return "0s";
        foreach ((long ticks, string unit) in units)
        {
            if (duration.Ticks % ticks == 0)
                return (duration.Ticks / ticks).ToString(CultureInfo.InvariantCulture) + unit;
        }

        return ((Int128)duration.Ticks * 100).ToString(CultureInfo.InvariantCulture) + "ns";
    }
}
