namespace Libvirt.Messages;

/// <summary>The reply to a <see cref="LibvirtBatch"/>: every call of it has ended.</summary>
/// <param name="Outcomes">One for each call, in the order of the calls.</param>
/// <param name="CorrelationId">What the batch carried.</param>
public sealed record BatchReply(IReadOnlyList<BatchOutcome> Outcomes, object? CorrelationId) : ILibvirtMessage, ICorrelated;
