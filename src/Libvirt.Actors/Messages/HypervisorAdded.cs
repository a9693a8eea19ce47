using Akka.Actor;

namespace Libvirt.Messages;

/// <summary>The reply to <see cref="AddHypervisor"/>.</summary>
/// <param name="Name">The name that it was added with.</param>
/// <param name="Hypervisor">Its actor.</param>
/// <param name="CorrelationId">That of the request.</param>
public sealed record HypervisorAdded(string Name, IActorRef Hypervisor, object? CorrelationId) : ILibvirtMessage;
