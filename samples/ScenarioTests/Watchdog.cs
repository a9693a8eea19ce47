using Libvirt;
using Libvirt.Events;

namespace ScenarioTests;

/// <summary>
/// What is tested: a small control plane that starts guests again when they crash, whatever becomes of the connection meanwhile. A guest that cannot be
/// started is tried again after a while; one that was shut down on purpose is left alone.
/// </summary>
public sealed class Watchdog(Hypervisor hypervisor, TimeProvider time) : IAsyncDisposable
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;

    /// <summary>How many guests it has brought back.</summary>
    public int Rescues { get; private set; }

    public async Task StartAsync()
    {
        EventSubscription<DomainLifecycleEvent> events = await hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle, new EventSubscriptionOptions { Synthesise = true }, _stop.Token);
        _watching = WatchAsync(events);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WatchAsync(EventSubscription<DomainLifecycleEvent> events)
    {
        await using EventSubscription<DomainLifecycleEvent> subscription = events;
        await foreach (EventNotice<DomainLifecycleEvent> notice in events.WithCancellation(_stop.Token))
        {
            if (notice.Event is { Event: DomainEventType.Stopped } stopped)
                await RescueAsync(stopped.Domain.Uuid);
        }
    }

    private async Task RescueAsync(Guid uuid)
    {
        while (true)
        {
            try
            {
                Domain guest = await hypervisor.LookupDomainByUuidAsync(uuid, cancellationToken: _stop.Token);
                // An event that was found out after a gap does not say why.
                if (await guest.GetStateAsync(cancellationToken: _stop.Token) is not { State: DomainState.Shutoff, Reason: (int)DomainShutoffReason.Crashed })
                    return;
                await guest.CreateAsync(cancellationToken: _stop.Token);
                Rescues++;
                return;
            }
            catch (LibvirtRemoteException gone) when (gone.Code is ErrorNumber.NoDomain or ErrorNumber.OperationInvalid)
            {
                return;
            }
            catch (LibvirtException)
            {
                await Task.Delay(RetryAfter, time, _stop.Token);
            }
        }
    }
}
