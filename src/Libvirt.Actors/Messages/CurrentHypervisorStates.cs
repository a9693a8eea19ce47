namespace Libvirt.Messages;

/// <summary>The first message of a subscription to states: how the hypervisors stand now.</summary>
/// <param name="Hypervisors">The hypervisors of the subscription, in the order of their names.</param>
/// <param name="CorrelationId">That of the <see cref="SubscribeHypervisorState"/>.</param>
public sealed record CurrentHypervisorStates(IReadOnlyList<HypervisorEntry> Hypervisors, object? CorrelationId) : ILibvirtMessage;
