using Actors;
using Libvirt;
using Libvirt.Events;

namespace SupervisedFleet;

/// <summary>One hypervisor: a child for each of its domains, whatever becomes of the connection.</summary>
internal sealed class HostActor(Hypervisor hypervisor, IActorRef<FleetMessage> fleet) : Actor<HostMessage>
{
    private readonly Dictionary<Guid, IActorRef> _guests = [];
    private IAsyncDisposable? _subscription;

    protected override async ValueTask OnStartAsync()
    {
        // Told by itself: the actor has its first turn when the daemon has been reached.
        _ = FollowStateAsync(Context.Stopping);
        // Completes when the daemon sends events, however long it takes to reach it; so the listing that follows misses nothing.
        _subscription = await hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle,
            Context.Self,
            static notice => new HostMessage.DomainNoticed(notice),
            new EventSubscriptionOptions { Synthesise = true },
            Context.Stopping);
        foreach (Domain domain in await hypervisor.ListAllDomainsAsync(cancellationToken: Context.Stopping))
            Guard(domain);
    }

    protected override async ValueTask OnMessageAsync(HostMessage message)
    {
        switch (message)
        {
            case HostMessage.DomainNoticed { Notice.Event: { Event: DomainEventType.Undefined } gone }:
                if (_guests.TryGetValue(gone.Domain.Uuid, out IActorRef? guest))
                    Context.Stop(guest);
                break;
            case HostMessage.DomainNoticed { Notice.Event: { } happened } when !_guests.ContainsKey(happened.Domain.Uuid):
                Guard(await hypervisor.LookupDomainByUuidAsync(happened.Domain.Uuid, cancellationToken: Context.Stopping));
                break;
            case HostMessage.GuestEnded ended:
                _guests.Remove(ended.Uuid);
                break;
        }
    }

    protected override ValueTask OnStopAsync() => _subscription?.DisposeAsync() ?? default;

    private void Guard(Domain domain)
    {
        IActorRef guest = Context.Spawn($"{domain.Uuid}", () => new GuestActor(domain, fleet), FleetActor.Patient);
        _guests[domain.Uuid] = guest;
        Context.Watch(guest, new HostMessage.GuestEnded(domain.Uuid));
    }

    private async Task FollowStateAsync(CancellationToken stopping)
    {
        await foreach (HypervisorState state in hypervisor.StateChanges.WithCancellation(stopping))
            fleet.TryTell(new FleetMessage($"{hypervisor}: {state}"));
    }
}
