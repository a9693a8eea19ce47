namespace Libvirt;

/// <summary>The connection ended while a call was under way. The inner exception is the first thing that went wrong.</summary>
public sealed class LibvirtConnectionLostException : LibvirtException
{
    internal LibvirtConnectionLostException(string message, bool sent, Exception? innerException)
        : base(message, innerException, "connection-lost")
    {
        Sent = sent;
    }

    /// <summary>
    /// Whether the call may have reached the daemon. False: it never left this process and can be repeated safely. True: the daemon may or may
    /// not have carried it out.
    /// </summary>
    public bool Sent { get; }

    /// <inheritdoc/>
    public override bool IsTransient => true;
}
