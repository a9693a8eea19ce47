using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace Libvirt.Hosting.Hypervisors;

/// <summary>
/// Ties the hypervisors to the host's life: they are there before the first service starts and close after the last one has stopped, in whatever order
/// services were registered.
/// </summary>
internal sealed class LibvirtService(HypervisorRegistry registry, PlanChanges changes) : IHostedLifecycleService
{
    private IDisposable? _subscription;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _subscription = ChangeToken.OnChange(changes.GetToken, registry.Reload);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => registry.StopAsync(cancellationToken);
}
