using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Libvirt.Hosting.Hypervisors;

/// <summary>
/// Runs the actor system of a host as Akka.Hosting does, but shuts it down only after every hosted service has stopped and the hypervisors have closed, in
/// whatever order services were registered.
/// </summary>
internal sealed class StopLastAkkaService(
    AkkaConfigurationBuilder configuration, IServiceProvider services, ILogger<AkkaHostedService> log, IHostApplicationLifetime? lifetime)
    : AkkaHostedService(configuration, services, log, lifetime), IHostedLifecycleService
{
    public static AkkaHostedService Create(IServiceProvider services) => new StopLastAkkaService(
        services.GetRequiredService<AkkaConfigurationBuilder>(),
        services,
        services.GetService<ILogger<AkkaHostedService>>() ?? NullLogger<AkkaHostedService>.Instance,
        services.GetService<IHostApplicationLifetime>());

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await base.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // The base class has called StopAsync, which does nothing here.
            await base.StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await ServiceProvider.GetRequiredService<HypervisorRegistry>().StopAsync(cancellationToken).ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }
}
