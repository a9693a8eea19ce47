using System.Globalization;

namespace Libvirt.Bench.Reporting;

/// <summary>Numbers as the tables print them.</summary>
internal static class Figures
{
    /// <summary>A number as a word of a command line.</summary>
    public static string Word(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    public static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Three digits that say something.</summary>
    public static string Short(double value) => value switch
    {
        >= 100 => Whole(value),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
