namespace Libvirt.Messages;

/// <summary>The reply to <see cref="RemoveHypervisor"/>: the hypervisor has closed.</summary>
/// <param name="Name">The name of the request.</param>
/// <param name="CorrelationId">That of the request.</param>
public sealed record HypervisorRemoved(string Name, object? CorrelationId) : ILibvirtMessage;
