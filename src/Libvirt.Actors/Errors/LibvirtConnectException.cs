using System.Runtime.Serialization;

namespace Libvirt;

/// <summary>A connection could not be made.</summary>
[Serializable]
public sealed class LibvirtConnectException : LibvirtException
{
    internal LibvirtConnectException(ConnectFailure reason, string message, Exception? innerException = null)
        : base(message, innerException, "connect-" + Kebab(reason))
    {
        Reason = reason;
    }

    internal LibvirtConnectException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
        Reason = (ConnectFailure)info.Number(nameof(Reason));
    }

    internal override void Describe(SerializationInfo info)
    {
        base.Describe(info);
        info.Set(nameof(Reason), (long)Reason);
    }

    /// <summary>What went wrong.</summary>
    public ConnectFailure Reason { get; }

    /// <inheritdoc/>
    public override bool IsTransient => Reason is ConnectFailure.SocketNotFound or ConnectFailure.Unreachable or ConnectFailure.Refused
        or ConnectFailure.TimedOut or ConnectFailure.Lost or ConnectFailure.TunnelFailed
        // A daemon that dies at that moment looks the same as one that turns us away.
        or ConnectFailure.TlsClientCertificate;

    private static string Kebab(ConnectFailure reason) => string.Concat(
        reason.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
