using Akka.Actor;
using Libvirt;
using Libvirt.Hosting;
using Libvirt.Hosting.Hypervisors;
using Libvirt.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds hypervisors to the services of a host.</summary>
public static class LibvirtServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IHypervisors"/> with the hypervisors of <paramref name="configure"/> and of the configuration section <c>libvirt</c>, which
    /// overrides them and is followed when it changes. Each is also a keyed service: <c>[FromKeyedServices("name")] Hypervisor</c>, or
    /// <see cref="IHypervisorAccessor"/> to follow changes. Also registers <see cref="LibvirtRuntime"/> and <c>IRequiredActor&lt;LibvirtHypervisors&gt;</c>.
    /// </summary>
    /// <remarks>
    /// The runtime uses the actor system of the host: that of <c>AddAkka</c>, called before or after, or an <see cref="ActorSystem"/> that is registered
    /// before. Otherwise it has one of its own, named <c>libvirt</c>, which logs to the host's loggers. Hypervisors begin to connect before the first hosted
    /// service starts; a daemon that cannot be reached does not stop the host. They close in order after the last hosted service has stopped. Settings that
    /// cannot be used stop the start with an <see cref="Options.OptionsValidationException"/> that has the path of each.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Hypervisors and defaults in code.</param>
    public static IServiceCollection AddLibvirt(this IServiceCollection services, Action<LibvirtOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(static provider => LibvirtSource.Of(provider.GetService<IConfiguration>()));
        return Add(services, configure);
    }

    /// <inheritdoc cref="AddLibvirt(IServiceCollection, Action{LibvirtOptions}?)"/>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section that is read in place of the section <c>libvirt</c> of the host's configuration.</param>
    /// <param name="configure">Hypervisors and defaults in code.</param>
    public static IServiceCollection AddLibvirt(
        this IServiceCollection services, IConfigurationSection configuration, Action<LibvirtOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(new LibvirtSource(configuration, null));
        return Add(services, configure);
    }

    private static IServiceCollection Add(IServiceCollection services, Action<LibvirtOptions>? configure)
    {
        services.AddOptions();
        if (configure is not null)
            services.Configure(configure);
        if (services.Any(static service => service.ServiceType == typeof(HypervisorRegistry)))
            return services;
        HostActorSystem.AddTo(services);
        services.AddSingleton(static provider => Registry(provider).Runtime);
        services.AddSingleton(static provider =>
        {
            // Created first, and so disposed after the registry, which closes the hypervisors in order.
            provider.GetRequiredService<LibvirtRuntime>();
            return Registry(provider);
        });
        services.AddSingleton<IHypervisors>(static provider => provider.GetRequiredService<HypervisorRegistry>());
        services.AddKeyedSingleton(KeyedService.AnyKey, static (provider, key) => provider.GetRequiredService<IHypervisors>().Get(Name(key)));
        services.AddKeyedSingleton<IHypervisorAccessor>(
            KeyedService.AnyKey, static (provider, key) => new HypervisorAccessor(provider.GetRequiredService<IHypervisors>(), Name(key)));
        services.AddSingleton<IHostedService>(static provider => new LibvirtService(provider.GetRequiredService<HypervisorRegistry>()));
        return services;
    }

    private static HypervisorRegistry Registry(IServiceProvider provider) => HypervisorsExtension.Of(provider.GetRequiredService<ActorSystem>(), provider);

    private static string Name(object? key) =>
        key as string ?? throw new ArgumentException($"Hypervisors are keyed by their names, not by a {key?.GetType().Name ?? "null"}.");
}
