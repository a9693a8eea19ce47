using Akka.Configuration;
using Libvirt.Hosting.Settings;
using Libvirt.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Libvirt.Hosting.Tests.Settings;

/// <summary>Reads settings as the registration does.</summary>
internal static class Plan
{
    public static LibvirtSettings Of(string hocon, Action<LibvirtOptions>? code = null) =>
        Of(new ConfigurationBuilder().AddHoconString(hocon), code);

    /// <param name="builder">The host's configuration.</param>
    /// <param name="code">The settings in code.</param>
    /// <param name="system">The HOCON of the actor system.</param>
    public static LibvirtSettings Of(IConfigurationBuilder builder, Action<LibvirtOptions>? code = null, string system = "")
    {
        LibvirtOptions options = new();
        code?.Invoke(options);
        IConfigurationRoot root = builder.Build();
        return new HostSettingsReader(
            options, ConfigurationFactory.ParseString(system).GetValue("libvirt"), new LibvirtSource(root.GetSection("libvirt"), root)).Read();
    }

    public static string[] Refused(string hocon) => [.. Assert.Throws<OptionsValidationException>(() => Of(hocon)).Failures];
}
