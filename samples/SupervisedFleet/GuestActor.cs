using Actors;
using Libvirt;
using Libvirt.Events;

namespace SupervisedFleet;

/// <summary>One domain: knows its state, and starts it again when it has crashed.</summary>
internal sealed class GuestActor(Domain domain, IActorRef<FleetMessage> fleet) : Actor<GuestMessage>
{
    private IAsyncDisposable? _subscription;
    private DomainState _state;

    protected override async ValueTask OnStartAsync()
    {
        _subscription = await domain.Hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle,
            Context.Self,
            static notice => new GuestMessage(notice),
            new EventSubscriptionOptions { Domain = domain.Uuid, Synthesise = true },
            Context.Stopping);
        await LookAsync();
    }

    protected override async ValueTask OnMessageAsync(GuestMessage message)
    {
        // After a gap nobody knows what was missed but the daemon itself.
        if (message.Notice.Event is { Event: not DomainEventType.Undefined } || message.Notice.Gap is not null)
            await LookAsync();
    }

    protected override ValueTask OnStopAsync() => _subscription?.DisposeAsync() ?? default;

    private async Task LookAsync()
    {
        DomainStateInfo found = await domain.GetStateAsync(cancellationToken: Context.Stopping);
        if (found.State == DomainState.Shutoff && found.Reason == (int)DomainShutoffReason.Crashed)
        {
            Report("crashed; starting it again");
            _state = found.State;
            await domain.CreateAsync(cancellationToken: Context.Stopping);
            found = await domain.GetStateAsync(cancellationToken: Context.Stopping);
        }

        if (found.State != _state)
            Report($"is {found.State}");
        _state = found.State;
    }

    private void Report(string what) => fleet.TryTell(new FleetMessage($"{domain} {what}"));
}
