using System.Runtime.ExceptionServices;
using Akka.Actor;
using Libvirt;
using Libvirt.Events;

namespace ScenarioTests;

/// <summary>
/// The code under test: a small control plane that starts guests again when they crash, whatever happens to the connection meanwhile. A guest that cannot be
/// started is tried again after a while; one that was shut down on purpose is not started.
/// </summary>
public sealed class WatchdogActor : ReceiveActor, IWithTimers
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly Hypervisor _hypervisor;
    private readonly IActorRef _observer;

    public WatchdogActor(Hypervisor hypervisor, IActorRef observer)
    {
        _hypervisor = hypervisor;
        _observer = observer;
        Receive<Ready>(_observer.Tell);
        Receive<EventNotice<DomainLifecycleEvent>>(notice =>
        {
            if (notice.Event is { Event: DomainEventType.Stopped } stopped)
                Self.Tell(new Rescue(stopped.Domain.Uuid));
        });
        Receive<Rescue>(rescue => RescueAsync(rescue.Uuid).PipeTo(Self, success: result => result, failure: error => new Failed(rescue, error)));
        Receive<Rescued>(_observer.Tell);
        Receive<NotNeeded>(_ => { });
        Receive<Failed>(failed => Timers.StartSingleTimer(failed.Rescue.Uuid, failed.Rescue, RetryAfter), failed => failed.Error is LibvirtException);
        Receive<Failed>(failed => ExceptionDispatchInfo.Throw(failed.Error));
        Receive<Status.Failure>(failure => ExceptionDispatchInfo.Throw(failure.Cause));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => _hypervisor.Events
        .SubscribeAsync(DomainEvents.Lifecycle, Self, options: new EventSubscriptionOptions { Synthesise = true })
        .PipeTo(Self, success: _ => new Ready());

    private async Task<object> RescueAsync(Guid uuid)
    {
        try
        {
            Domain guest = await _hypervisor.LookupDomainByUuidAsync(uuid);
            // An event that was found by comparing listings after a gap does not have the reason.
            if (await guest.GetStateAsync() is not { State: DomainState.Shutoff, Reason: (int)DomainShutoffReason.Crashed })
                return new NotNeeded();
            await guest.CreateAsync();
            return new Rescued(guest.Name);
        }
        catch (LibvirtRemoteException gone) when (gone.Code is ErrorNumber.NoDomain or ErrorNumber.OperationInvalid)
        {
            return new NotNeeded();
        }
    }

    /// <summary>To the observer: the watchdog receives events from now on.</summary>
    public sealed record Ready;

    /// <summary>To the observer: a guest was started again.</summary>
    public sealed record Rescued(string Guest);

    private sealed record Rescue(Guid Uuid);

    private sealed record NotNeeded;

    private sealed record Failed(Rescue Rescue, Exception Error);
}
