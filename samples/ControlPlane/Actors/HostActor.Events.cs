using Akka.Actor;
using ControlPlane.Views;
using Libvirt;
using Libvirt.Events;

namespace ControlPlane.Actors;

/// <summary>What the hypervisor reports by itself: the state of its connection, and events.</summary>
internal sealed partial class HostActor
{
    private void OnState(HypervisorState state)
    {
        bool wasReady = _view.Connections > 0;
        (Standing standing, string status) = state switch
        {
            HypervisorState.Ready => (Standing.Ready, "ready"),
            HypervisorState.Backoff backoff => (Standing.Lost, $"{(wasReady ? "lost" : "not reached")}, attempt {backoff.Attempt} failed"),
            HypervisorState.Closed { Reason: { } reason } => (Standing.Lost, reason.Message),
            _ => (_view.Standing, _view.Standing == Standing.Lost ? "trying again" : "connecting"),
        };
        if (standing != _view.Standing)
            Publish(HappeningKind.Connection, _view.Name, Describe(state, wasReady));
        bool isNew = standing == Standing.Ready && _view.Standing != Standing.Ready;
        Show(_view with { Standing = standing, Status = status, Connections = _view.Connections + (isNew ? 1 : 0) });
    }

    private static string Describe(HypervisorState state, bool wasReady) => state switch
    {
        HypervisorState.Ready => wasReady ? "connected again" : "connected",
        HypervisorState.Backoff backoff => $"{(wasReady ? "connection lost" : "not reached")}: {backoff.Reason.Message}",
        _ => state.ToString(),
    };

    private void OnLifecycle(EventNotice<DomainLifecycleEvent> notice)
    {
        if (notice.Gap is { } gap)
            Publish(HappeningKind.Connection, _view.Name, $"nothing was heard for {(gap.To - gap.From).TotalSeconds:0.0} s");
        if (notice.Event is not { } happened)
            return;
        (DomainState? state, string word) = happened.Event switch
        {
            DomainEventType.Started => (DomainState.Running, "started"),
            DomainEventType.Resumed => (DomainState.Running, "resumed"),
            DomainEventType.Suspended => (DomainState.Paused, "suspended"),
            DomainEventType.Stopped => (DomainState.Shutoff, "stopped"),
            DomainEventType.Crashed => (DomainState.Crashed, "crashed"),
            var other => ((DomainState?)null, other.ToString().ToLowerInvariant()),
        };
        OnEvent(happened, state, word, notice.IsSynthesised);
        if (happened.Event == DomainEventType.Undefined)
            Context.Stop(Guest(happened.Domain.Uuid, happened.Domain.Name));
    }

    private void OnEvent(DomainEvent? happened, DomainState? state, string word, bool isSynthesised)
    {
        if (happened is null)
            return;
        _view = _view with { Events = _view.Events + 1 };
        Publish(HappeningKind.Guest, $"{_view.Name}/{happened.Domain.Name}", word + (isSynthesised ? " (found out later)" : ""));
        Guest(happened.Domain.Uuid, happened.Domain.Name).Tell(new GuestEvent(state, word));
    }
}
