using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using ControlPlane.Views;
using Libvirt;
using Libvirt.Events;

namespace ControlPlane.Actors;

/// <summary>
/// One hypervisor, the parent of its guests. Keeps its view true by the hypervisor's events, by the state of the connection, and by measurements where libvirt
/// has no events.
/// </summary>
internal sealed partial class HostActor : ReceiveActor, IWithTimers
{
    private readonly Hypervisor _hypervisor;
    private readonly GuestMeter _meter;
    private readonly Dictionary<Guid, IActorRef> _guests = [];
    private HostView _view;
    private bool _isMeasuring;
    private int _started;

    public HostActor(string name, Hypervisor hypervisor)
    {
        _hypervisor = hypervisor;
        _meter = new GuestMeter(hypervisor);
        _view = new HostView(name);
        Receive<HypervisorState>(OnState);
        Receive<EventNotice<DomainLifecycleEvent>>(OnLifecycle);
        Receive<EventNotice<DomainRebootEvent>>(notice => OnEvent(notice.Event, null, "rebooted", isSynthesised: false));
        Receive<Measure>(_ => StartToMeasure());
        Receive<Measured>(OnMeasured);
        Receive<GuestView>(guest => Show(_view with { Guests = _view.Guests.SetItem(guest.Uuid, guest) }));
        Receive<GuestStopped>(OnGuestStopped);
        Receive<Subscribed>(_ => { });
        // A subscription was refused: left to the supervisor.
        Receive<Status.Failure>(failure => ExceptionDispatchInfo.Throw(failure.Cause));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        IActorRef self = Self;
        Source.From(() => _hypervisor.StateChanges).RunForeach(self.Tell, Context.Materializer());
        // Both end with this actor. With Synthesise, what changed while the connection was lost comes as events too.
        EventSubscriptionOptions options = new() { Synthesise = true };
        _hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle, self, options: options).PipeTo(self, success: _ => Subscribed.Instance);
        _hypervisor.Events.SubscribeAsync(DomainEvents.Reboot, self).PipeTo(self, success: _ => Subscribed.Instance);
        Timers.StartPeriodicTimer(nameof(Measure), Measure.Instance, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private void StartToMeasure()
    {
        if (_isMeasuring || _hypervisor.State is not HypervisorState.Ready)
            return;
        _isMeasuring = true;
        // A failure is no news: the state of the connection says so, and the next second is another try.
        _meter.MeasureAsync().PipeTo(Self, success: guests => new Measured(guests), failure: _ => new Measured([]));
    }

    private void OnMeasured(Measured measured)
    {
        _isMeasuring = false;
        foreach (Measurement guest in measured.Guests)
            Guest(guest.Uuid, guest.Name).Tell(guest);
    }

    private void OnGuestStopped(GuestStopped stopped)
    {
        _guests.Remove(stopped.Uuid);
        Show(_view with { Guests = _view.Guests.Remove(stopped.Uuid) });
    }

    private IActorRef Guest(Guid uuid, string name)
    {
        if (_guests.TryGetValue(uuid, out IActorRef? known))
            return known;
        IActorRef guest = Context.ActorOf(Props.Create(() => new GuestActor(uuid, name)), $"guest-{++_started}");
        _guests[uuid] = guest;
        return Context.WatchWith(guest, new GuestStopped(uuid));
    }

    private void Show(HostView view)
    {
        _view = view;
        Context.Parent.Tell(view);
    }

    private static void Publish(HappeningKind kind, string subject, string text) =>
        Context.System.EventStream.Publish(Happening.Now(kind, subject, text));

    private sealed record Subscribed
    {
        public static Subscribed Instance { get; } = new();
    }
}
