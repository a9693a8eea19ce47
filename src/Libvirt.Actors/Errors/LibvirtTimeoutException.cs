using System.Runtime.Serialization;

namespace Libvirt;

/// <summary>A call's deadline passed. The daemon is not told and may still carry the call out; its late reply is dropped.</summary>
[Serializable]
public sealed class LibvirtTimeoutException : LibvirtException
{
    internal LibvirtTimeoutException(string message, bool sent, TimeSpan timeout)
        : base(message, null, "timeout")
    {
        Sent = sent;
        Timeout = timeout;
    }

    internal LibvirtTimeoutException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
        Sent = info.Flag(nameof(Sent));
        Timeout = TimeSpan.FromTicks(info.Number(nameof(Timeout)));
    }

    internal override void Describe(SerializationInfo info)
    {
        base.Describe(info);
        info.Set(nameof(Sent), Sent);
        info.Set(nameof(Timeout), Timeout.Ticks);
    }

    /// <summary>Whether the call may have reached the daemon. False: it waited for its turn all the time and can be repeated safely.</summary>
    public bool Sent { get; }

    /// <summary>The time the call was given, queueing included.</summary>
    public TimeSpan Timeout { get; }

    /// <inheritdoc/>
    public override bool IsTransient => true;
}
