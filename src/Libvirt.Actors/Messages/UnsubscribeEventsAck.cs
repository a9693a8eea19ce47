namespace Libvirt.Messages;

/// <summary>The reply to <see cref="UnsubscribeEvents"/>: the subscriptions have ended.</summary>
/// <param name="CorrelationId">What the <see cref="UnsubscribeEvents"/> carried.</param>
public sealed record UnsubscribeEventsAck(object? CorrelationId) : ILibvirtMessage, ICorrelated;
