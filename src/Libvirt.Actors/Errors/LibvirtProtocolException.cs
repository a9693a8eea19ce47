using System.Runtime.Serialization;

namespace Libvirt;

/// <summary>The other end broke libvirt's protocol. The connection has been closed; others are not affected.</summary>
[Serializable]
public sealed class LibvirtProtocolException : LibvirtException
{
    internal LibvirtProtocolException(string message, Exception? innerException = null)
        : base(message, innerException, "protocol-error")
    {
    }

    internal LibvirtProtocolException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }

    /// <inheritdoc/>
    public override bool IsTransient => false;
}
