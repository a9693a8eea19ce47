using Akka.Actor;

namespace Libvirt.Messages;

/// <summary>
/// Looks a hypervisor up. The reply is a <see cref="HypervisorEntry"/>, or a <see cref="Status.Failure"/> with a <see cref="KeyNotFoundException"/>.
/// </summary>
/// <param name="Name">Its name. Case is not significant.</param>
public sealed record GetHypervisor(string Name) : HypervisorRequest;
