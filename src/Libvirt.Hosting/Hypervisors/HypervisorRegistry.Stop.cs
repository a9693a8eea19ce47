using Libvirt.Hosting.Diagnostics;

namespace Libvirt.Hosting.Hypervisors;

// The end of the host.
internal sealed partial class HypervisorRegistry
{
    /// <summary>
    /// Closes all hypervisors in order and at the same time: calls under way may end, each hypervisor within its close time-out. Waits for those that
    /// were closing already.
    /// </summary>
    /// <param name="cancellationToken">The host's patience is over: what is left ends at once.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
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

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);
}
