using Akka.Actor;

namespace Libvirt.Messages;

/// <summary>
/// Subscribes the sender to the state of hypervisors. It gets a <see cref="CurrentHypervisorStates"/> at once and then a <see cref="HypervisorStateChanged"/> for
/// each change, in order. The subscription ends with the sender, with <see cref="UnsubscribeHypervisorState"/>, or with the runtime. Send it to the guardian; or
/// to the actor of a hypervisor, without a name, to subscribe to that one.
/// </summary>
/// <param name="Name">
/// The hypervisor; null for all, those that are added later included. One that is removed and added again is the same subscription. The
/// <see cref="Status.Failure"/> of an unknown name has a <see cref="KeyNotFoundException"/>.
/// </param>
public sealed record SubscribeHypervisorState(string? Name = null) : HypervisorRequest;
