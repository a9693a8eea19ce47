using Akka.Actor;

namespace Libvirt.Messages;

/// <summary>One hypervisor of the runtime: the reply to <see cref="GetHypervisor"/>, and an entry of <see cref="HypervisorList"/>.</summary>
/// <param name="Name">Its name; the name of its actor for a hypervisor that was added or connected without one.</param>
/// <param name="Uri">Its URI, in full.</param>
/// <param name="Hypervisor">Its actor.</param>
/// <param name="State">Its state at the time of the reply.</param>
/// <param name="CorrelationId">That of the request; null in a list.</param>
public sealed record HypervisorEntry(string Name, string Uri, IActorRef Hypervisor, HypervisorState State, object? CorrelationId = null) : ILibvirtMessage;
