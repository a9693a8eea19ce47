using System.Runtime.ExceptionServices;
using Akka.Actor;
using Libvirt;
using Libvirt.Events;

namespace SupervisedFleet;

/// <summary>One hypervisor: the guardian of its domains, each of which has an actor.</summary>
internal sealed class HostActor : ReceiveActor
{
    private readonly Hypervisor _hypervisor;
    private readonly IActorRef _fleet;
    private readonly Dictionary<Guid, IActorRef> _guests = [];
    private int _started;

    public HostActor(Hypervisor hypervisor, IActorRef fleet)
    {
        _hypervisor = hypervisor;
        _fleet = fleet;
        Receive<Subscribed>(_ => _hypervisor.ListAllDomainsAsync().PipeTo(Self, success: domains => new Listed(domains)));
        Receive<Listed>(listed =>
        {
            foreach (Domain domain in listed.Domains)
                Guard(domain);
        });
        Receive<EventNotice<DomainLifecycleEvent>>(OnNotice);
        Receive<Domain>(Guard);
        Receive<GuestStopped>(stopped =>
        {
            if (_guests.TryGetValue(stopped.Uuid, out IActorRef? guest) && guest.Equals(stopped.Guest))
                _guests.Remove(stopped.Uuid);
        });
        // What fails is left to the supervisor.
        Receive<Status.Failure>(failure => ExceptionDispatchInfo.Throw(failure.Cause));
    }

    // Completes when the daemon sends events, however long it takes to reach it; so the listing that follows misses nothing. Ends with this actor.
    protected override void PreStart() => _hypervisor.Events
        .SubscribeAsync(DomainEvents.Lifecycle, Self, options: new EventSubscriptionOptions { Synthesise = true })
        .PipeTo(Self, success: _ => new Subscribed());

    private void OnNotice(EventNotice<DomainLifecycleEvent> notice)
    {
        if (notice.Event is not { } happened)
            return;
        Guid uuid = happened.Domain.Uuid;
        if (happened.Event == DomainEventType.Undefined)
        {
            if (_guests.Remove(uuid, out IActorRef? gone))
                Context.Stop(gone);
        }
        else if (!_guests.ContainsKey(uuid))
        {
            _hypervisor.LookupDomainByUuidAsync(uuid).PipeTo(Self);
        }
    }

    private void Guard(Domain domain)
    {
        if (_guests.ContainsKey(domain.Uuid))
            return;
        Props guest = Props.Create(() => new GuestActor(domain, _fleet));
        IActorRef supervised = Context.ActorOf(FleetActor.WithBackoff(guest, "guest"), $"guest-{++_started}");
        _guests[domain.Uuid] = supervised;
        Context.WatchWith(supervised, new GuestStopped(domain.Uuid, supervised));
    }
}
