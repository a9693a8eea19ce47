using Actors;
using Libvirt;
using Libvirt.Hosting;
using Libvirt.Hosting.Hypervisors;
using Libvirt.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts hypervisors among the services of a host.</summary>
public static class LibvirtServiceCollectionExtensions
{
    /// <summary>The configuration section that is read: <c>libvirt</c>.</summary>
    private const string SectionName = "libvirt";

    /// <summary>
    /// Registers <see cref="IHypervisors"/> with the hypervisors of <paramref name="configure"/> and of the configuration section <c>libvirt</c>, which
    /// comes on top and is followed when it changes. Each is also a keyed service: <c>[FromKeyedServices("name")] Hypervisor</c>, or
    /// <see cref="IHypervisorAccessor"/> to follow changes. <see cref="LibvirtRuntime"/> and <see cref="IActorSystem"/> are there for your own actors;
    /// register an <see cref="IActorSystem"/> before to have the runtime live in it.
    /// </summary>
    /// <remarks>
    /// Hypervisors begin to connect before the first hosted service starts; one that is down does not stop the host. They close in order after the last
    /// hosted service has stopped. Settings that cannot be used stop the host's start with an <see cref="OptionsValidationException"/> that names them.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Hypervisors and defaults in code.</param>
    public static IServiceCollection AddLibvirt(this IServiceCollection services, Action<LibvirtOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(static provider => Source(provider.GetService<IConfiguration>()));
        return Add(services, configure);
    }

    /// <inheritdoc cref="AddLibvirt(IServiceCollection, Action{LibvirtOptions}?)"/>
    /// <param name="services">The services.</param>
    /// <param name="configuration">Read in place of the host's: a section that is to <c>libvirt</c> what the host's section of that name would be.</param>
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
        services.TryAddSingleton(static provider => new LibvirtPlanReader(
            provider.GetRequiredService<IOptions<LibvirtOptions>>().Value,
            provider.GetRequiredService<LibvirtSource>().Section,
            provider.GetRequiredService<LibvirtSource>().Root));
        // What the host starts with; changes are read by the registry.
        services.TryAddSingleton(static provider => provider.GetRequiredService<LibvirtPlanReader>().Read());
        services.TryAddSingleton(static provider => ActorSystem.Create(provider.GetRequiredService<LibvirtPlan>().ActorSystem with
        {
            LoggerFactory = provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
            TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System,
        }));
        services.TryAddSingleton(static provider => provider.GetRequiredService<LibvirtPlan>().Runtime.Apply(new LibvirtRuntime(provider.GetRequiredService<IActorSystem>())));
        services.AddSingleton(static provider => new HypervisorRegistry(
            provider.GetRequiredService<LibvirtRuntime>(),
            provider.GetRequiredService<LibvirtPlan>(),
            provider.GetRequiredService<LibvirtPlanReader>(),
            provider.GetService<ILogger<HypervisorRegistry>>() ?? NullLogger<HypervisorRegistry>.Instance));
        services.AddSingleton<IHypervisors>(static provider => provider.GetRequiredService<HypervisorRegistry>());
        services.AddKeyedSingleton(KeyedService.AnyKey, static (provider, key) => provider.GetRequiredService<IHypervisors>().Get(Name(key)));
        services.AddKeyedSingleton<IHypervisorAccessor>(
            KeyedService.AnyKey, static (provider, key) => new HypervisorAccessor(provider.GetRequiredService<IHypervisors>(), Name(key)));
        services.AddSingleton<IHostedService>(static provider => new LibvirtService(
            provider.GetRequiredService<HypervisorRegistry>(), new PlanChanges(provider.GetRequiredService<LibvirtSource>().Section)));
        return services;
    }

    private static LibvirtSource Source(IConfiguration? configuration) =>
        new(configuration?.GetSection(SectionName), configuration as IConfigurationRoot);

    private static string Name(object? key) =>
        key as string ?? throw new ArgumentException($"Hypervisors are keyed by their names, not by a {key?.GetType().Name ?? "null"}.");
}
