using Libvirt.Settings;

namespace Libvirt.Hosting.Hocon;

/// <summary>Sizes in bytes in configuration text: <c>4MiB</c>, <c>512K</c>, <c>1.5 GB</c>.</summary>
public static class HoconSize
{
    /// <summary>
    /// Reads a number with a unit. <c>kB</c>, <c>MB</c>, <c>GB</c> and so on are powers of 1000; <c>K</c>, <c>Ki</c>, <c>KiB</c>, <c>M</c>, <c>Mi</c>,
    /// <c>MiB</c> and so on powers of 1024; no unit means bytes. Fractions of a byte are cut off.
    /// </summary>
    /// <returns>False when the text is not a size, negative, or too large for a <see cref="long"/>.</returns>
    public static bool TryParse(string? text, out long bytes) => SizeText.TryParse(text, out bytes);

    /// <summary>The same as <see cref="TryParse"/>, with an exception for text that is not valid.</summary>
    /// <exception cref="FormatException">The text is not a valid size.</exception>
    public static long Parse(string text) => SizeText.Parse(text);
}
