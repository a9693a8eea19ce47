using System.Globalization;
using System.Xml.Linq;

namespace Libvirt.Simulator;

/// <summary>Numbers with a unit, as memory and volume sizes are given in XML.</summary>
internal static class ScaledSize
{
    /// <summary>The size in bytes.</summary>
    /// <param name="element">The element, with an optional <c>unit</c>.</param>
    /// <param name="defaultUnit">The unit where none is given.</param>
    /// <exception cref="SimulatedFailureException">It is no size.</exception>
    public static ulong Bytes(XElement element, string defaultUnit)
    {
        string unit = (string?)element.Attribute("unit") ?? defaultUnit;
        if (!ulong.TryParse(element.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
            throw Failures.Xml($"Invalid value '{element.Value}' for element '{element.Name.LocalName}'");
        return checked(number * Factor(unit));
    }

    private static ulong Factor(string unit) => unit switch
    {
        "b" or "bytes" => 1,
        "KB" => 1000,
        "k" or "K" or "KiB" => 1UL << 10,
        "MB" => 1_000_000,
        "m" or "M" or "MiB" => 1UL << 20,
        "GB" => 1_000_000_000,
        "g" or "G" or "GiB" => 1UL << 30,
        "TB" => 1_000_000_000_000,
        "t" or "T" or "TiB" => 1UL << 40,
        _ => throw Failures.Argument($"unknown suffix '{unit}'"),
    };
}
