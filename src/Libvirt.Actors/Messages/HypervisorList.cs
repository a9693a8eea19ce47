namespace Libvirt.Messages;

/// <summary>The reply to <see cref="ListHypervisors"/>.</summary>
/// <param name="Hypervisors">All hypervisors, in the order of their names.</param>
/// <param name="CorrelationId">That of the request.</param>
public sealed record HypervisorList(IReadOnlyList<HypervisorEntry> Hypervisors, object? CorrelationId) : ILibvirtMessage;
