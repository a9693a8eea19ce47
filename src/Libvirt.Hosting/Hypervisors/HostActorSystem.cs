using Akka.Actor;
using Akka.Hosting;
using Akka.Hosting.Logging;
using Libvirt.Hosting.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using AkkaLogLevel = Akka.Event.LogLevel;

namespace Libvirt.Hosting.Hypervisors;

/// <summary>Makes sure that a host has exactly one actor system, which stops after all hosted services.</summary>
internal static class HostActorSystem
{
    private const string Name = "libvirt";

    public static void AddTo(IServiceCollection services)
    {
        if (services.All(static service => service.ServiceType != typeof(ActorSystem)))
            AddOwn(services);
        AddRegistry(services);
        StopLast(services);
    }

    private static void AddOwn(IServiceCollection services)
    {
        ServiceDescriptor[] before = [.. services];
        services.AddAkka(Name, Configure);
        // With AddAkka called later as well, the host's configuration replaces this one, and its health checks would be added twice.
        foreach (ServiceDescriptor added in services.Except(before).Where(IsHealthCheckConfiguration).ToArray())
            services.Remove(added);
    }

    private static bool IsHealthCheckConfiguration(ServiceDescriptor service) => service.ServiceType == typeof(IPostConfigureOptions<HealthCheckServiceOptions>);

    private static void Configure(AkkaConfigurationBuilder akka, IServiceProvider provider)
    {
        ILoggerFactory loggers = provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        akka.AddSetup(new LoggerFactorySetup(loggers));
        akka.ConfigureLoggers(logging =>
        {
            logging.LogLevel = LevelOf(loggers.CreateLogger(nameof(Libvirt)));
            logging.DeadLetterOptions = new DeadLetterOptions { LogDuringShutdown = false };
            logging.ClearLoggers();
            logging.AddLogger<HostLogger>();
        });
        akka.AddStartup(static (system, _) => CoordinatedShutdown.Get(system).AddTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "libvirt-flush-log", () => HostLogger.FlushAsync(system)));
    }

    // Below it, messages are not even created. The loggers of the host filter further, by category.
    private static AkkaLogLevel LevelOf(ILogger log) =>
        log.IsEnabled(LogLevel.Debug) ? AkkaLogLevel.DebugLevel
        : log.IsEnabled(LogLevel.Information) ? AkkaLogLevel.InfoLevel
        : log.IsEnabled(LogLevel.Warning) ? AkkaLogLevel.WarningLevel
        : AkkaLogLevel.ErrorLevel;

    // An ActorSystem that is registered without Akka.Hosting comes without them.
    private static void AddRegistry(IServiceCollection services)
    {
        services.TryAddSingleton(static provider => ActorRegistry.For(provider.GetRequiredService<ActorSystem>()));
        services.TryAddSingleton<IActorRegistry>(static provider => provider.GetRequiredService<ActorRegistry>());
        services.TryAddSingleton<IReadOnlyActorRegistry>(static provider => provider.GetRequiredService<ActorRegistry>());
        services.TryAddSingleton(typeof(IRequiredActor<>), typeof(RequiredActor<>));
    }

    // In place, so that the start order stays. AddAkka adds its service only where there is none that creates an AkkaHostedService.
    private static void StopLast(IServiceCollection services)
    {
        for (int i = 0; i < services.Count; i++)
        {
            if (services[i].ServiceType == typeof(IHostedService) && services[i].ImplementationType == typeof(AkkaHostedService))
                services[i] = ServiceDescriptor.Singleton<IHostedService, AkkaHostedService>(StopLastAkkaService.Create);
        }
    }
}
