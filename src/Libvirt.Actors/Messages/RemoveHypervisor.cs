using Akka.Actor;

namespace Libvirt.Messages;

/// <summary>
/// Removes a hypervisor at once and closes it in order: calls in flight may end within its <see cref="HypervisorOptions.CloseTimeout"/>. The reply is a
/// <see cref="HypervisorRemoved"/> when it has closed, or a <see cref="Status.Failure"/> with a <see cref="KeyNotFoundException"/>.
/// </summary>
/// <param name="Name">Its name. Case is not significant.</param>
public sealed record RemoveHypervisor(string Name) : HypervisorRequest;
