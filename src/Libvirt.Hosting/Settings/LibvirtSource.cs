using Microsoft.Extensions.Configuration;

namespace Libvirt.Hosting.Settings;

/// <summary>Where a host's settings are read from.</summary>
/// <param name="Section">The section <c>libvirt</c>; null when the host has no configuration.</param>
/// <param name="Root">The configuration that it is a section of, which knows the order of its sources; null when that is not known.</param>
internal sealed record LibvirtSource(IConfigurationSection? Section, IConfigurationRoot? Root)
{
    /// <summary>The section of the host's configuration.</summary>
    public static LibvirtSource Of(IConfiguration? configuration) => new(configuration?.GetSection(DefaultPath), configuration as IConfigurationRoot);

    /// <summary>The section's path, written as in HOCON.</summary>
    public string Path => Section?.Path.Replace(':', '.') ?? DefaultPath;

    private const string DefaultPath = "libvirt";
}
