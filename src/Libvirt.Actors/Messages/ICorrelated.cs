namespace Libvirt.Messages;

/// <summary>A message with a correlation id of its sender.</summary>
internal interface ICorrelated
{
    /// <summary>Returned with the reply.</summary>
    object? CorrelationId { get; }
}
