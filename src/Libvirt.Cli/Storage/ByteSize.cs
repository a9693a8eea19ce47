using System.Globalization;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Storage;

/// <summary>Numbers of bytes as virsh writes and reads them.</summary>
internal static class ByteSize
{
    private const string Units = "kmgtpe";
    private static readonly string[] Names = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>The number in the largest unit that leaves something in front of the point.</summary>
    public static string Text(ulong bytes)
    {
        int unit = 0;
        double number = bytes;
        while (number >= 1024 && unit < Names.Length - 1)
        {
            number /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{number:0.00} {Names[unit]}");
    }

    /// <summary>A field: to people with a unit, to programs in bytes.</summary>
    public static Field Field(string name, string label, ulong bytes) => new(name, label, Text(bytes), bytes);

    /// <summary>Reads <c>1048576</c>, <c>1M</c>, <c>1MiB</c> (1,048,576 each) and <c>1MB</c> (1,000,000).</summary>
    public static bool TryParse(string text, out ulong bytes)
    {
        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        string unit = digits < 0 ? "" : text[digits..].Trim().ToLowerInvariant();
        bytes = 0;
        if (!ulong.TryParse(digits < 0 ? text : text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) || Factor(unit) is not { } factor)
            return false;
        UInt128 product = (UInt128)number * factor;
        bytes = product <= ulong.MaxValue ? (ulong)product : 0;
        return product <= ulong.MaxValue;
    }

    private static ulong? Factor(string unit)
    {
        if (unit is "" or "b" or "byte" or "bytes")
            return 1;
        int power = Units.IndexOf(unit[0], StringComparison.Ordinal) + 1;
        ulong? step = unit[1..] switch
        {
            "" or "ib" => 1024,
            "b" => 1000,
            _ => null,
        };
        if (power == 0 || step is null)
            return null;
        ulong factor = 1;
        for (int i = 0; i < power; i++)
            factor *= step.Value;
        return factor;
    }
}
