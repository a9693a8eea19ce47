using Akka.Actor;
using Libvirt.Messages;

namespace Libvirt;

/// <summary>A subscription to states, at the guardian.</summary>
/// <param name="Subscriber">Who is told.</param>
/// <param name="Name">Of which hypervisor; null for all, or when <paramref name="Start"/> says which.</param>
/// <param name="Start">The one hypervisor that it was sent to; null when it was sent to the guardian.</param>
/// <param name="CorrelationId">That of the request.</param>
internal sealed record StateSubscription(IActorRef Subscriber, string? Name, StartHypervisor? Start, object? CorrelationId)
{
    /// <summary>Whether it is the same subscription, with whatever correlation id.</summary>
    public bool IsSame(StateSubscription other) =>
        Subscriber.Equals(other.Subscriber) && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase) && ReferenceEquals(Start, other.Start);

    /// <summary>Whether it includes a hypervisor.</summary>
    public bool Includes(RunningHypervisor hypervisor) => Start is not null
        ? ReferenceEquals(Start, hypervisor.Start)
        : Name is null || string.Equals(Name, hypervisor.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells the subscriber of a change.</summary>
    public void Tell(RunningHypervisor hypervisor, IActorRef guardian) =>
        Subscriber.Tell(new HypervisorStateChanged(hypervisor.Name, hypervisor.Actor, hypervisor.State, CorrelationId), guardian);
}
