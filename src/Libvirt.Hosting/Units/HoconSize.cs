namespace Libvirt.Hosting.Hocon;

/// <summary>Sizes in bytes as people write them in configuration: <c>4MiB</c>, <c>512K</c>, <c>1.5 GB</c>.</summary>
public static class HoconSize
{
    private static readonly Dictionary<string, decimal> Units = MakeUnits();

    /// <summary>
    /// Reads a number with a unit. <c>kB</c>, <c>MB</c>, <c>GB</c> and so on are powers of 1000; <c>K</c>, <c>Ki</c>, <c>KiB</c>, <c>M</c>, <c>Mi</c>,
    /// <c>MiB</c> and so on powers of 1024; no unit means bytes. What is less than a byte is cut off.
    /// </summary>
    /// <returns>False when it is nothing of that, negative, or too large for a <see cref="long"/>.</returns>
    public static bool TryParse(string? text, out long bytes)
    {
        bytes = 0;
        if (!UnitText.TryParse(text?.Trim() ?? "", Units, out decimal size) || size is < 0 or > long.MaxValue)
            return false;
        bytes = (long)decimal.Truncate(size);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, for text that has to be right.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static long Parse(string text) => TryParse(text, out long bytes)
        ? bytes
        : throw new FormatException($"'{text}' is no size; write a number and a unit, such as 512, 64KiB, 4MiB or 1GB");

    private static Dictionary<string, decimal> MakeUnits()
    {
        Dictionary<string, decimal> units = new(StringComparer.Ordinal) { [""] = 1, ["B"] = 1, ["b"] = 1, ["byte"] = 1, ["bytes"] = 1 };
        (string Letter, string Decimal, string Binary)[] prefixes =
        [
            ("K", "kilo", "kibi"), ("M", "mega", "mebi"), ("G", "giga", "gibi"), ("T", "tera", "tebi"), ("P", "peta", "pebi"), ("E", "exa", "exbi"),
        ];
        decimal thousand = 1;
        decimal binary = 1;
        foreach ((string letter, string decimalName, string binaryName) in prefixes)
        {
            thousand *= 1000;
            binary *= 1024;
            string decimalLetter = letter == "K" ? "k" : letter;
            foreach (string unit in (string[])[decimalLetter + "B", decimalName + "byte", decimalName + "bytes"])
                units.Add(unit, thousand);
            foreach (string unit in (string[])[letter, letter.ToLowerInvariant(), letter + "i", letter + "iB", binaryName + "byte", binaryName + "bytes"])
                units.Add(unit, binary);
        }

        return units;
    }
}
