using Libvirt.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Libvirt.Hosting.Tests.Settings;

/// <summary>Reads plans from configuration, as the registration does.</summary>
internal static class Plan
{
    public static LibvirtPlan Of(string hocon, Action<LibvirtOptions>? code = null) =>
        Of(new ConfigurationBuilder().AddHoconString(hocon), code);

    public static LibvirtPlan Of(IConfigurationBuilder builder, Action<LibvirtOptions>? code = null)
    {
        LibvirtOptions options = new();
        code?.Invoke(options);
        IConfigurationRoot root = builder.Build();
        return new LibvirtPlanReader(options, root.GetSection("libvirt"), root).Read();
    }

    public static string[] Refused(string hocon) => [.. Assert.Throws<OptionsValidationException>(() => Of(hocon)).Failures];
}
