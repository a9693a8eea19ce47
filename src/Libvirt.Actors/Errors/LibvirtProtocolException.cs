namespace Libvirt;

/// <summary>The other end broke libvirt's protocol. The connection has been closed; others are not affected.</summary>
public sealed class LibvirtProtocolException : LibvirtException
{
    internal LibvirtProtocolException(string message, Exception? innerException = null)
        : base(message, innerException, "protocol-error")
    {
    }

    /// <inheritdoc/>
    public override bool IsTransient => false;
}
