using Microsoft.Extensions.Configuration;

namespace Libvirt.Hosting.Hocon.Configuration;

/// <summary>HOCON text as a source of configuration.</summary>
internal sealed class HoconStringConfigurationSource(string text, string source, string? includeDirectory) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(text, source, includeDirectory);

    private sealed class Provider(string text, string source, string? includeDirectory) : ConfigurationProvider
    {
        public override void Load() => Data = HoconFlattener.LoadText(source, text, includeDirectory);

        public override string ToString() => $"HOCON {source}";
    }
}
