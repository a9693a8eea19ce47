using Akka;
using Libvirt.Hosting.Diagnostics;

namespace Libvirt.Hosting.Hypervisors;

// The end of the host, or of the actor system.
internal sealed partial class HypervisorRegistry
{
    /// <summary>
    /// Closes all hypervisors in order and at the same time: calls in flight may end, each hypervisor within its close time-out. Waits for those that
    /// were closing already.
    /// </summary>
    /// <param name="cancellationToken">The host's time for the shutdown is over: the hypervisors that are left are closed at once.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        IgnoreChanges();
        Task[] closing;
        lock (_lock)
        {
            _stopped = true;
            foreach ((string name, Hypervisor hypervisor) in _all)
                _ = Remove(name, hypervisor);
            _changes.Complete();
            closing = [.. _closing];
        }

        try
        {
            await Task.WhenAll(closing).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            HostingLog.NotDrained(_log, closing.Count(static task => !task.IsCompleted));
            await _runtime.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<Done> StopWithSystemAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        return Done.Instance;
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);
}
