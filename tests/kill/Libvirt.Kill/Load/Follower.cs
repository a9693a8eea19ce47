using Libvirt.Events;

namespace Libvirt.Kill.Load;

/// <summary>A subscriber to the lifecycle events of one hypervisor: what it received, the gaps among it, and the domain that was defined last.</summary>
internal sealed class Follower : IAsyncDisposable
{
    private readonly EventSubscription<DomainLifecycleEvent> _subscription;
    private readonly Task _reading;
    private readonly Lock _lock = new();
    private readonly List<EventGap> _gaps = [];
    private volatile string _lastDefined = "";
    private long _events;
    private long _dropped;

    private Follower(EventSubscription<DomainLifecycleEvent> subscription)
    {
        _subscription = subscription;
        _reading = ReadAsync();
    }

    /// <summary>Gaps that were reported so far.</summary>
    public IReadOnlyList<EventGap> Gaps
    {
        get
        {
            lock (_lock)
                return [.. _gaps];
        }
    }

    /// <summary>Events that were received.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Events that were reported as dropped.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>The domain whose definition was seen last.</summary>
    public string LastDefined => _lastDefined;

    public static async Task<Follower> StartAsync(Hypervisor hypervisor) => new(await hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle));

    public static async Task<Follower[]> StartAsync(Hypervisor hypervisor, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => StartAsync(hypervisor)));

    /// <summary>Ends the subscription. Throws what it had ended with before, if it had.</summary>
    public async ValueTask DisposeAsync()
    {
        await _subscription.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        await foreach (EventNotice<DomainLifecycleEvent> notice in _subscription)
        {
            if (notice.Gap is { } gap)
                Add(gap);
            else if (notice.Event is null)
                Interlocked.Add(ref _dropped, notice.Dropped);
            else
                Take(notice.Event);
        }
    }

    private void Add(EventGap gap)
    {
        lock (_lock)
            _gaps.Add(gap);
    }

    private void Take(DomainLifecycleEvent happened)
    {
        Interlocked.Increment(ref _events);
        if (happened.Event == DomainEventType.Defined)
            _lastDefined = happened.Domain.Name;
    }
}
