using System.Runtime.ExceptionServices;
using Akka.Actor;
using Libvirt;
using Libvirt.Events;

namespace SupervisedFleet;

/// <summary>One domain: reports its state, and starts it again when it has crashed.</summary>
internal sealed class GuestActor : ReceiveActor
{
    private readonly Domain _domain;
    private readonly IActorRef _fleet;
    private DomainState _state;
    private bool _isLooking;
    private bool _mustLookAgain;

    public GuestActor(Domain domain, IActorRef fleet)
    {
        _domain = domain;
        _fleet = fleet;
        Receive<Subscribed>(_ => Look());
        Receive<EventNotice<DomainLifecycleEvent>>(notice =>
        {
            // After a gap only the daemon knows what was missed.
            if (notice.Event is { Event: not DomainEventType.Undefined } || notice.Gap is not null)
                Look();
        });
        Receive<DomainStateInfo>(OnState);
        Receive<Restarted>(_ => Ask());
        // The domain is gone: this actor is not needed any more. Everything else that fails is left to the supervisor.
        Receive<Status.Failure>(failure => Context.Stop(Self), failure => failure.Cause is LibvirtRemoteException { Code: ErrorNumber.NoDomain });
        Receive<Status.Failure>(failure => ExceptionDispatchInfo.Throw(failure.Cause));
    }

    protected override void PreStart() => _domain.Hypervisor.Events
        .SubscribeAsync(DomainEvents.Lifecycle, Self, options: new EventSubscriptionOptions { Domain = _domain.Uuid, Synthesise = true })
        .PipeTo(Self, success: _ => new Subscribed());

    // One question at a time: a crash is told by two events, but the domain is to be started once.
    private void Look()
    {
        _mustLookAgain = _isLooking;
        if (!_isLooking)
            Ask();
    }

    private void Ask()
    {
        _isLooking = true;
        _domain.GetStateAsync().PipeTo(Self);
    }

    private void OnState(DomainStateInfo found)
    {
        if (found.State == DomainState.Shutoff && found.Reason == (int)DomainShutoffReason.Crashed)
        {
            Report("crashed; starting it again");
            _state = found.State;
            _domain.CreateAsync().AsTask().PipeTo(Self, success: () => new Restarted());
            return;
        }

        if (found.State != _state)
            Report($"is {found.State}");
        _state = found.State;
        _isLooking = false;
        if (_mustLookAgain)
            Look();
    }

    private void Report(string what) => _fleet.Tell(new Report($"{_domain} {what}"));
}
