using System.Globalization;

namespace Libvirt.Settings;

/// <summary>Durations in configuration text: <c>10s</c>, <c>500 ms</c>, <c>1.5 hours</c>, <c>infinite</c>.</summary>
internal static class DurationText
{
    // In nanoseconds. The empty name is the unit of a number without one.
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
    /// .NET writes, such as <c>00:00:10</c>. A number without a unit is in milliseconds. Fractions of 100 ns are cut off.
    /// </summary>
    /// <returns>False when the text is not a duration, or too long for a <see cref="TimeSpan"/>.</returns>
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

    /// <summary>The same as <see cref="TryParse"/>, with an exception for text that is not valid.</summary>
    /// <exception cref="FormatException">The text is not a valid duration.</exception>
    public static TimeSpan Parse(string text) => TryParse(text, out TimeSpan duration)
        ? duration
        : throw new FormatException($"'{text}' is not a valid duration; write a number and a unit, such as 500ms, 10s, 5m, 2h, 1d, or 'infinite'");

    /// <summary>Writes a duration in the largest unit that gives an integer.</summary>
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
