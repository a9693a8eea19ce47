using System.Runtime.Serialization;

namespace Libvirt.Events;

/// <summary>A subscriber read too slowly and had chosen to end rather than to miss events.</summary>
[Serializable]
public sealed class EventOverflowException : LibvirtException
{
    internal EventOverflowException(EventKind kind, int capacity)
        : base($"The subscription to {kind} ended: {capacity} events waited and one more came. Read faster, raise QueueCapacity, or choose to drop the oldest.", null, "event-overflow")
    {
    }

    internal EventOverflowException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }

    /// <inheritdoc/>
    public override bool IsTransient => true;
}
