using ControlPlane.Views;
using Libvirt;
using Libvirt.Events;

namespace ControlPlane.Watching;

/// <summary>Keeps the view of one hypervisor true: by its events, by its own state, and by measurements where libvirt has no events.</summary>
internal sealed class HostWatcher(Hypervisor hypervisor, HostView host, Board board)
{
    private readonly GuestMeter _meter = new(hypervisor, host, board);

    public Task RunAsync(CancellationToken stopping) =>
        Task.WhenAll(FollowStateAsync(stopping), FollowEventsAsync(stopping), MeasureAsync(stopping));

    private async Task FollowStateAsync(CancellationToken stopping)
    {
        await foreach (HypervisorState state in hypervisor.StateChanges.WithCancellation(stopping))
        {
            (Standing standing, string status) = state switch
            {
                HypervisorState.Ready => (Standing.Ready, "ready"),
                HypervisorState.Backoff backoff => (Standing.Lost, $"{(host.HasBeenReady ? "lost" : "not reached")}, attempt {backoff.Attempt} failed"),
                HypervisorState.Closed { Reason: { } reason } => (Standing.Lost, reason.Message),
                _ => (host.Standing, host.Standing == Standing.Lost ? "trying again" : "connecting"),
            };
            lock (board.Gate)
            {
                if (host.Standing != standing)
                    Tell(standing, state);
                host.Standing = standing;
                host.Status = status;
            }
        }
    }

    private void Tell(Standing standing, HypervisorState state)
    {
        if (standing == Standing.Ready && host.HasBeenReady)
            board.Reconnects++;
        Exception? reason = (state as HypervisorState.Backoff)?.Reason ?? (state as HypervisorState.Closed)?.Reason;
        board.Tell(HappeningKind.Connection, host.Name, standing switch
        {
            Standing.Ready => host.HasBeenReady ? "connected again" : "connected",
            _ => $"{(host.HasBeenReady ? "connection lost" : "not reached")}: {reason?.Message}",
        });
        host.HasBeenReady |= standing == Standing.Ready;
    }

    private async Task FollowEventsAsync(CancellationToken stopping)
    {
        // With Synthesise, what changed while nobody could listen comes as events too.
        await using EventSubscription<DomainLifecycleEvent> events = await hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle, new EventSubscriptionOptions { Synthesise = true }, stopping);
        await using EventSubscription<DomainRebootEvent> reboots = await hypervisor.Events.SubscribeAsync(DomainEvents.Reboot, cancellationToken: stopping);
        await Task.WhenAll(FollowAsync(events, stopping), FollowAsync(reboots, stopping));
    }

    private async Task FollowAsync<TEvent>(EventSubscription<TEvent> events, CancellationToken stopping)
        where TEvent : DomainEvent
    {
        await foreach (EventNotice<TEvent> notice in events.WithCancellation(stopping))
        {
            if (notice.Event is { } happened)
                Show(happened, notice.IsSynthesised ? " (found out later)" : "");
            else if (notice.Gap is { } gap && typeof(TEvent) == typeof(DomainLifecycleEvent))
                board.Tell(HappeningKind.Connection, host.Name, $"nothing was heard for {(gap.To - gap.From).TotalSeconds:0.0} s");
        }
    }

    private void Show(DomainEvent happened, string remark)
    {
        (DomainState? state, string word) = Read(happened);
        lock (board.Gate)
        {
            board.Events++;
            Guid uuid = happened.Domain.Uuid;
            if (!host.Guests.TryGetValue(uuid, out GuestView? guest))
                host.Guests.Add(uuid, guest = new GuestView(happened.Domain.Name));
            if (word == "undefined")
                host.Guests.Remove(uuid);
            guest.State = state ?? guest.State;
            if (guest.State != DomainState.Running)
                (guest.Cpu, guest.Measured) = (null, null);
            guest.LastEvent = word;
            guest.LastEventAt = DateTimeOffset.Now;
            board.Tell(HappeningKind.Guest, $"{host.Name}/{guest.Name}", word + remark);
        }
    }

    private static (DomainState? State, string Word) Read(DomainEvent happened) => happened switch
    {
        DomainLifecycleEvent { Event: DomainEventType.Started } => (DomainState.Running, "started"),
        DomainLifecycleEvent { Event: DomainEventType.Resumed } => (DomainState.Running, "resumed"),
        DomainLifecycleEvent { Event: DomainEventType.Suspended } => (DomainState.Paused, "suspended"),
        DomainLifecycleEvent { Event: DomainEventType.Stopped } => (DomainState.Shutoff, "stopped"),
        DomainLifecycleEvent { Event: DomainEventType.Crashed } => (DomainState.Crashed, "crashed"),
        DomainLifecycleEvent other => (null, other.Event.ToString().ToLowerInvariant()),
        DomainRebootEvent => (null, "rebooted"),
        _ => (null, happened.GetType().Name),
    };

    private async Task MeasureAsync(CancellationToken stopping)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1));
        do
        {
            try
            {
                if (hypervisor.State is HypervisorState.Ready)
                    await _meter.MeasureAsync(stopping);
            }
            catch (LibvirtException)
            {
                // Lost meanwhile, or too slow: the state says so, and the next second is another try.
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }
}
