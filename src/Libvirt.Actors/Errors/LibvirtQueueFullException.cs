using System.Runtime.Serialization;

namespace Libvirt;

/// <summary>More calls wait on the connection than its queue holds. This one was not sent.</summary>
[Serializable]
public sealed class LibvirtQueueFullException : LibvirtException
{
    internal LibvirtQueueFullException(string procedure)
        : base($"{procedure} was not sent: as many calls wait on this connection as its queue holds. Send fewer at once, or raise QueueCapacity.", null, "queue-full")
    {
    }

    internal LibvirtQueueFullException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }

    /// <inheritdoc/>
    public override bool IsTransient => true;
}
