using Akka.Actor;

namespace Libvirt.Events;

/// <summary>Where a subscription by message comes from.</summary>
/// <param name="Subscriber">The sender of the message, which gets the notices.</param>
/// <param name="Hypervisor">The hypervisor that it was sent to.</param>
/// <param name="Hub">The hypervisor's event hub.</param>
/// <param name="Link">Where the hypervisor publishes its state.</param>
internal sealed record SubscriptionOrigin(IActorRef Subscriber, IActorRef Hypervisor, IActorRef Hub, HypervisorLink Link);
