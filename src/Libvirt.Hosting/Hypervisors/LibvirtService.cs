using Microsoft.Extensions.Hosting;

namespace Libvirt.Hosting.Hypervisors;

/// <summary>
/// Ties the hypervisors to the life of the host: they exist before the first service starts and close after the last one has stopped, in whatever order
/// services were registered.
/// </summary>
internal sealed class LibvirtService(HypervisorRegistry registry) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        registry.IgnoreChanges();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => registry.StopAsync(cancellationToken);
}
