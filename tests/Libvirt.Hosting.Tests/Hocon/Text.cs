using Libvirt.Hosting.Hocon;
using Microsoft.Extensions.Configuration;

namespace Libvirt.Hosting.Tests.Hocon;

/// <summary>Reads HOCON the way a program does: through a configuration.</summary>
internal static class Text
{
    public static IConfigurationRoot Read(string text, string? includeDirectory = null) =>
        new ConfigurationBuilder().AddHoconString(text, "test.conf", includeDirectory).Build();

    /// <summary>All settings as <c>key=value</c>, in the order of keys, separated by a semicolon and a space; null is written <c>~</c>.</summary>
    public static string Settings(string text, string? includeDirectory = null) => string.Join(
        "; ",
        Read(text, includeDirectory).AsEnumerable()
            .Where(static pair => pair.Value is not null || IsLeaf(pair.Key))
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(static pair => $"{pair.Key.Replace(':', '.')}={pair.Value ?? "~"}"));

    public static HoconException Refused(string text, string? includeDirectory = null) =>
        Assert.Throws<HoconException>(() => Read(text, includeDirectory));

    // An inner key has no value of its own; in these tests keys that hold null are called so.
    private static bool IsLeaf(string key) => key.EndsWith("null", StringComparison.Ordinal);
}
