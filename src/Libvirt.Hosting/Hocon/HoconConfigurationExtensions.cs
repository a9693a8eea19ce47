using Libvirt.Hosting.Hocon;
using Libvirt.Hosting.Hocon.Configuration;

namespace Microsoft.Extensions.Configuration;

/// <summary>HOCON as a source of configuration.</summary>
public static class HoconConfigurationExtensions
{
    /// <summary>
    /// Adds a HOCON file. <c>a.b = 1</c> becomes the key <c>a:b</c>, the elements of an array the keys <c>a:0</c>, <c>a:1</c> and so on. Substitutions
    /// see the file, what it includes and the environment, not the other sources. Parsed by Akka's HOCON parser, with regular files only.
    /// </summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="path">The file; a relative path starts from the builder's base path, in a host its content root.</param>
    /// <param name="optional">Whether the file may be missing. Default false.</param>
    /// <param name="reloadOnChange">
    /// Whether the file, and what it includes, is read again when it changes. Default false. A change that cannot be read leaves the settings as they were.
    /// </param>
    /// <param name="onReloadError">Receives the error of each change that cannot be read.</param>
    /// <exception cref="HoconException">When it is loaded: the text cannot be used; the message begins with file, line and column.</exception>
    /// <exception cref="FileNotFoundException">When it is loaded: the file is missing and not optional.</exception>
    public static IConfigurationBuilder AddHoconFile(
        this IConfigurationBuilder builder,
        string path,
        bool optional = false,
        bool reloadOnChange = false,
        Action<Exception>? onReloadError = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return builder.Add(new HoconFileConfigurationSource(path, optional, reloadOnChange, onReloadError));
    }

    /// <summary>Adds HOCON text, read as <see cref="AddHoconFile"/> reads a file.</summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="text">The text.</param>
    /// <param name="source">Stands for the file's name in errors.</param>
    /// <param name="includeDirectory">Where relative includes start; null, the default, refuses them.</param>
    /// <exception cref="HoconException">When it is loaded: the text cannot be used; the message begins with source, line and column.</exception>
    public static IConfigurationBuilder AddHoconString(
        this IConfigurationBuilder builder, string text, string source = "text", string? includeDirectory = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(source);
        return builder.Add(new HoconStringConfigurationSource(text, source, includeDirectory is null ? null : Path.GetFullPath(includeDirectory)));
    }
}
