using System.Globalization;

namespace Libvirt.Settings;

/// <summary>One setting: the name that configuration has for a property of an options record.</summary>
/// <param name="Name">The name in kebab case; a dot leads into a group.</param>
/// <param name="Property">The property that it sets, with that of its group in front.</param>
/// <param name="Read">The property's value as configuration text; null for a value that has none.</param>
/// <param name="Apply">The options with the property set. Throws <see cref="FormatException"/>, <see cref="ArgumentException"/> or <see cref="OverflowException"/> for an invalid value.</param>
internal sealed record Setting<TOptions>(string Name, string Property, Func<TOptions, string?> Read, Func<TOptions, string, TOptions> Apply);

/// <summary>Creates settings of each kind.</summary>
internal static class Setting
{
    public static Setting<T> Duration<T>(string name, string property, Func<T, TimeSpan> read, Func<T, TimeSpan, T> apply) =>
        new(name, property, options => DurationText.Format(read(options)), (options, text) => apply(options, DurationText.Parse(text)));

    public static Setting<T> Flag<T>(string name, string property, Func<T, bool> read, Func<T, bool, T> apply) =>
        new(name, property, options => read(options) ? "true" : "false", (options, text) => apply(options, ParseFlag(text)));

    public static Setting<T> Integer<T>(string name, string property, Func<T, int> read, Func<T, int, T> apply) =>
        new(name, property, options => read(options).ToString(CultureInfo.InvariantCulture), (options, text) => apply(options, ParseInteger(text)));

    /// <summary>A size in bytes.</summary>
    public static Setting<T> Size<T>(string name, string property, Func<T, int> read, Func<T, int, T> apply) =>
        new(name, property, options => SizeText.Format(read(options)), (options, text) => apply(options, checked((int)SizeText.Parse(text))));

    public static Setting<T> Number<T>(string name, string property, Func<T, double> read, Func<T, double, T> apply) =>
        new(name, property, options => read(options).ToString(CultureInfo.InvariantCulture), (options, text) => apply(options, ParseNumber(text)));

    public static Setting<T> Text<T>(string name, string property, Func<T, string?> read, Func<T, string, T> apply) => new(name, property, read, apply);

    /// <summary>An integer, or <c>unlimited</c>, which is null in code.</summary>
    public static Setting<T> Limit<T>(string name, string property, Func<T, int?> read, Func<T, int?, T> apply) => new(
        name,
        property,
        options => read(options)?.ToString(CultureInfo.InvariantCulture) ?? "unlimited",
        (options, text) => apply(options, text == "unlimited" ? null : ParseInteger(text)));

    private static bool ParseFlag(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" => true,
        "FALSE" or "NO" or "OFF" => false,
        _ => throw new FormatException($"'{text}' is neither true nor false"),
    };

    private static int ParseInteger(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException($"'{text}' is not a valid integer, or too large");

    private static double ParseNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"'{text}' is not a valid number");
}
