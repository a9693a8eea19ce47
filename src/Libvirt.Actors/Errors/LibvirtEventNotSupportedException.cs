using System.Runtime.Serialization;
using Libvirt.Events;

namespace Libvirt;

/// <summary>The daemon does not have events of that kind: it is too old for them.</summary>
[Serializable]
public sealed class LibvirtEventNotSupportedException : LibvirtException
{
    internal LibvirtEventNotSupportedException(EventKind kind)
        : base($"The daemon does not have {kind} events; it is older than they are.", null, "event-not-supported")
    {
    }

    internal LibvirtEventNotSupportedException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }

    /// <inheritdoc/>
    public override bool IsTransient => false;
}
