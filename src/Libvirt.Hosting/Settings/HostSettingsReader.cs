using Akka.Configuration;
using Akka.Configuration.Hocon;
using Libvirt.Settings;
using Microsoft.Extensions.Options;

namespace Libvirt.Hosting.Settings;

/// <summary>
/// Reads the settings of a host: those given in code, the section <c>libvirt</c> of the actor system's HOCON on top of them, and the section of the host's
/// configuration on top of both.
/// </summary>
internal sealed class HostSettingsReader(LibvirtOptions code, HoconValue? system, LibvirtSource source)
{
    /// <summary>Where the settings of the host's configuration are read from.</summary>
    public LibvirtSource Source => source;

    /// <summary>Reads the settings as they are now.</summary>
    /// <exception cref="OptionsValidationException">They cannot be used; each failure begins with the full path of its setting.</exception>
    public LibvirtSettings Read()
    {
        List<string> failures = [];
        GivenSettings given = new(
            code.Defaults,
            code.Hypervisors.ToDictionary(static named => named.Key, static named => (named.Value.Uri, named.Value.Options), StringComparer.OrdinalIgnoreCase));
        LibvirtSettings settings = LibvirtSettingsReader.Read(Merge(ConfigurationHocon.Read(source, failures), failures), source.Path, given, failures);
        return failures.Count == 0 ? settings : throw new OptionsValidationException("libvirt", typeof(LibvirtOptions), failures)
        {
            HelpLink = "docs/troubleshooting.md#settings-refused",
        };
    }

    private HoconValue? Merge(HoconValue? configuration, List<string> failures)
    {
        if (configuration is null || system is null)
            return configuration ?? system;
        if (!system.IsObject())
        {
            failures.Add($"{ActorSystemSection.Path}: is a group of settings, not one");
            return configuration;
        }

        return new Config(new HoconRoot(configuration)).WithFallback(new Config(new HoconRoot(system))).Root;
    }
}
