using Akka.Configuration;

namespace Libvirt;

/// <summary>The defaults of all settings below <c>libvirt</c>: <c>reference.conf</c>, which is embedded in the assembly.</summary>
internal static class ReferenceConfig
{
    private static readonly Lazy<Config> Parsed = new(static () => ConfigurationFactory.FromResource("Libvirt.reference.conf", typeof(ReferenceConfig).Assembly));

    public static Config Value => Parsed.Value;
}
