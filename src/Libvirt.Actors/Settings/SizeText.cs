using System.Globalization;

namespace Libvirt.Settings;

/// <summary>Sizes in bytes in configuration text: <c>4MiB</c>, <c>512K</c>, <c>1.5 GB</c>.</summary>
internal static class SizeText
{
    private const decimal Kilo = 1000m;
    private const decimal Kibi = 1024m;

    // The empty name is the unit of a number without one.
    private static readonly Dictionary<string, decimal> Units = UnitText.Named(
        (1m, "B b byte bytes "),
        (Kilo, "kB kilobyte kilobytes"),
        (Kilo * Kilo, "MB megabyte megabytes"),
        (Kilo * Kilo * Kilo, "GB gigabyte gigabytes"),
        (Kilo * Kilo * Kilo * Kilo, "TB terabyte terabytes"),
        (Kilo * Kilo * Kilo * Kilo * Kilo, "PB petabyte petabytes"),
        (Kilo * Kilo * Kilo * Kilo * Kilo * Kilo, "EB exabyte exabytes"),
        (Kibi, "K k Ki KiB kibibyte kibibytes"),
        (Kibi * Kibi, "M m Mi MiB mebibyte mebibytes"),
        (Kibi * Kibi * Kibi, "G g Gi GiB gibibyte gibibytes"),
        (Kibi * Kibi * Kibi * Kibi, "T t Ti TiB tebibyte tebibytes"),
        (Kibi * Kibi * Kibi * Kibi * Kibi, "P p Pi PiB pebibyte pebibytes"),
        (Kibi * Kibi * Kibi * Kibi * Kibi * Kibi, "E e Ei EiB exbibyte exbibytes"));

    /// <summary>
    /// Reads a number with a unit. <c>kB</c>, <c>MB</c>, <c>GB</c> and so on are powers of 1000; <c>K</c>, <c>Ki</c>, <c>KiB</c>, <c>M</c>, <c>Mi</c>,
    /// <c>MiB</c> and so on powers of 1024; no unit means bytes. Fractions of a byte are cut off.
    /// </summary>
    /// <returns>False when the text is not a size, negative, or too large for a <see cref="long"/>.</returns>
    public static bool TryParse(string? text, out long bytes)
    {
        bytes = 0;
        if (!UnitText.TryParse(text?.Trim() ?? "", Units, out decimal size) || size is < 0 or > long.MaxValue)
            return false;
        bytes = (long)decimal.Truncate(size);
        return true;
    }

    /// <summary>The same as <see cref="TryParse"/>, with an exception for text that is not valid.</summary>
    /// <exception cref="FormatException">The text is not a valid size.</exception>
    public static long Parse(string text) => TryParse(text, out long bytes)
        ? bytes
        : throw new FormatException($"'{text}' is not a valid size; write a number and a unit, such as 512, 64KiB, 4MiB or 1GB");

    /// <summary>Writes a size in the largest binary unit that gives an integer.</summary>
    public static string Format(long bytes)
    {
        (long Factor, string Unit)[] units = [(1L << 30, "GiB"), (1L << 20, "MiB"), (1L << 10, "KiB")];
        foreach ((long factor, string unit) in units)
        {
            if (bytes != 0 && bytes % factor == 0)
                return (bytes / factor).ToString(CultureInfo.InvariantCulture) + unit;
        }

        return bytes.ToString(CultureInfo.InvariantCulture);
    }
}
