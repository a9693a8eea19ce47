using Libvirt.Events;

namespace Libvirt.Integration.Faults;

/// <summary>A subscriber to one hypervisor's life cycle events: the gaps it was told of, and the domains it saw being defined.</summary>
internal sealed class Follower : IAsyncDisposable
{
    private readonly EventSubscription<DomainLifecycleEvent> _subscription;
    private readonly Task _reading;
    private volatile string _lastDefined = "";
    private volatile int _gaps;

    private Follower(EventSubscription<DomainLifecycleEvent> subscription)
    {
        _subscription = subscription;
        _reading = ReadAsync();
    }

    /// <summary>Gaps so far.</summary>
    public int Gaps => _gaps;

    /// <summary>The domain whose definition was seen last.</summary>
    public string LastDefined => _lastDefined;

    public static async Task<Follower[]> StartAsync(Hypervisor hypervisor, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ => new Follower(await hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle))));

    public async ValueTask DisposeAsync()
    {
        await _subscription.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        await foreach (EventNotice<DomainLifecycleEvent> notice in _subscription)
        {
            if (notice.Gap is not null)
                _gaps++;
            else if (notice.Event is { Event: DomainEventType.Defined } defined)
                _lastDefined = defined.Domain.Name;
        }
    }
}
