using Libvirt.Settings;

namespace Libvirt.Hosting.Hocon;

/// <summary>Durations in configuration text: <c>10s</c>, <c>500 ms</c>, <c>1.5 hours</c>, <c>infinite</c>.</summary>
public static class HoconDuration
{
    /// <summary>
    /// Reads a number with a unit (ns, us, ms, s, m, h, d, or their names in full), <c>infinite</c> as <see cref="Timeout.InfiniteTimeSpan"/>, or what
    /// .NET writes, such as <c>00:00:10</c>. A number without a unit is in milliseconds. Fractions of 100 ns are cut off.
    /// </summary>
    /// <returns>False when the text is not a duration, or too long for a <see cref="TimeSpan"/>.</returns>
    public static bool TryParse(string? text, out TimeSpan duration) => DurationText.TryParse(text, out duration);

    /// <summary>The same as <see cref="TryParse"/>, with an exception for text that is not valid.</summary>
    /// <exception cref="FormatException">The text is not a valid duration.</exception>
    public static TimeSpan Parse(string text) => DurationText.Parse(text);

    /// <summary>Writes a duration in the largest unit that gives an integer.</summary>
    public static string Format(TimeSpan duration) => DurationText.Format(duration);
}
