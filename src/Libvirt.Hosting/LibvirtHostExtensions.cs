using Libvirt.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Puts hypervisors into a host.</summary>
public static class LibvirtHostExtensions
{
    /// <inheritdoc cref="LibvirtServiceCollectionExtensions.AddLibvirt(IServiceCollection, Action{LibvirtOptions}?)"/>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configure">Hypervisors and defaults in code.</param>
    public static TBuilder AddLibvirt<TBuilder>(this TBuilder builder, Action<LibvirtOptions>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddLibvirt(configure);
        return builder;
    }
}
