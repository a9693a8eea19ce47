using Microsoft.Extensions.Configuration;

namespace Libvirt.Hosting.Settings;

/// <summary>Where settings are read from.</summary>
/// <param name="Section">The section <c>libvirt</c>; null where there is no configuration.</param>
/// <param name="Root">What it is a section of, where that is known.</param>
internal sealed record LibvirtSource(IConfigurationSection? Section, IConfigurationRoot? Root);
