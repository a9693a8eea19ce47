using System.Runtime.Serialization;

namespace Libvirt;

/// <summary>The connection ended while a call was under way. The inner exception is the first thing that went wrong.</summary>
[Serializable]
public sealed class LibvirtConnectionLostException : LibvirtException
{
    private readonly bool _isForGood;

    internal LibvirtConnectionLostException(string message, bool sent, Exception? innerException, bool isForGood = false)
        : base(message, innerException, "connection-lost")
    {
        Sent = sent;
        _isForGood = isForGood;
    }

    internal LibvirtConnectionLostException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
        Sent = info.Flag(nameof(Sent));
        _isForGood = info.Flag("IsForGood");
    }

    internal override void Describe(SerializationInfo info)
    {
        base.Describe(info);
        info.Set(nameof(Sent), Sent);
        info.Set("IsForGood", _isForGood);
    }

    /// <summary>
    /// Whether the call may have reached the daemon. False: it never left this process and can be repeated safely. True: the daemon may or may
    /// not have carried it out.
    /// </summary>
    public bool Sent { get; }

    /// <summary>True unless the hypervisor, or its runtime, was closed: there will be no other connection then.</summary>
    public override bool IsTransient => !_isForGood;
}
