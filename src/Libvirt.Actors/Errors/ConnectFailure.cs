namespace Libvirt;

/// <summary>Why a connection could not be made.</summary>
public enum ConnectFailure
{
    /// <summary>The URI cannot be understood or names something this client does not support; the text says which part.</summary>
    UnsupportedUri,

    /// <summary>No socket at the path: the daemon is not running, or it listens elsewhere.</summary>
    SocketNotFound,

    /// <summary>The operating system forbids this user to open the socket.</summary>
    AccessDenied,

    /// <summary>The host's name is unknown or the host cannot be reached; or virtproxyd cannot reach the driver's daemon.</summary>
    Unreachable,

    /// <summary>Nobody listens there.</summary>
    Refused,

    /// <summary>The daemon did not get through the handshake in time. One that has all the clients it allows lets others connect, and wait.</summary>
    TimedOut,

    /// <summary>The daemon did not accept the credentials, or the policy of its host denies access.</summary>
    AuthenticationFailed,

    /// <summary>The daemon offers only ways of authentication that this client does not have.</summary>
    AuthenticationUnsupported,

    /// <summary>The daemon was reached and refused to open the driver that the URI names.</summary>
    DaemonRefused,

    /// <summary>The other end broke the protocol during the handshake; perhaps it is no libvirt daemon.</summary>
    Protocol,

    /// <summary>The connection broke off during the handshake.</summary>
    Lost,

    /// <summary>TLS could not be agreed on, or the certificates on this side cannot be used.</summary>
    TlsFailed,

    /// <summary>The daemon's certificate does not come from an authority that is trusted here, or was revoked.</summary>
    TlsUntrusted,

    /// <summary>A certificate, the daemon's or our own, is not valid yet or no longer.</summary>
    TlsExpired,

    /// <summary>The daemon's certificate is for another host.</summary>
    TlsWrongName,

    /// <summary>The daemon demands a client certificate, or does not accept the one that it was shown.</summary>
    TlsClientCertificate,

    /// <summary>ssh does not know the far side's key, or knows another one.</summary>
    SshHostKey,

    /// <summary>The program that makes the tunnel, such as ssh, could not be started or ended.</summary>
    TunnelFailed,
}
