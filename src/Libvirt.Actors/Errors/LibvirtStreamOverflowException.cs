using System.Runtime.Serialization;
using Libvirt.Protocol;

namespace Libvirt;

/// <summary>The reader of an interactive stream read too slowly and had not chosen to miss data: the stream was aborted.</summary>
[Serializable]
public sealed class LibvirtStreamOverflowException : LibvirtException
{
    internal LibvirtStreamOverflowException(Procedure procedure, int capacity)
        : base($"The stream of {procedure.Name} was aborted: {capacity} bytes waited for its reader and more came. Read faster, or give it a larger buffer.", null, "stream-overflow")
    {
    }

    internal LibvirtStreamOverflowException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }

    /// <inheritdoc/>
    public override bool IsTransient => true;
}
