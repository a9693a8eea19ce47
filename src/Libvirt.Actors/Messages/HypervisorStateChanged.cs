using Akka.Actor;

namespace Libvirt.Messages;

/// <summary>The state of a hypervisor has changed. <see cref="HypervisorState.Closed"/> is the last change of a hypervisor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hypervisor">Its actor.</param>
/// <param name="State">Its state now.</param>
/// <param name="CorrelationId">That of the <see cref="SubscribeHypervisorState"/>.</param>
public sealed record HypervisorStateChanged(string Name, IActorRef Hypervisor, HypervisorState State, object? CorrelationId) : ILibvirtMessage;
