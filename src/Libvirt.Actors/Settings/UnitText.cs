using System.Globalization;

namespace Libvirt.Settings;

/// <summary>A number and a unit.</summary>
internal static class UnitText
{
    /// <summary>Units by all their names, which are separated by spaces.</summary>
    public static Dictionary<string, decimal> Named(params (decimal Factor, string Names)[] units) => units
        .SelectMany(static unit => unit.Names.Split(' ').Select(name => KeyValuePair.Create(name, unit.Factor)))
        .ToDictionary(StringComparer.Ordinal);

    public static bool TryParse(string text, Dictionary<string, decimal> units, out decimal value)
    {
        int end = text.Length;
        while (end > 0 && char.IsLetter(text[end - 1]))
            end--;
        value = 0;
        if (!units.TryGetValue(text[end..], out decimal factor)
            || !decimal.TryParse(
                text.AsSpan(0, end).TrimEnd(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            return false;
        }

        if (Math.Abs(number) > decimal.MaxValue / factor)
            return false;
        value = number * factor;
        return true;
    }
}
