namespace Libvirt.Transports;

/// <summary>Where a daemon is to be found, and by which transport.</summary>
internal abstract record Endpoint
{
    /// <summary>Whether the transport is encrypted, or local.</summary>
    public abstract bool IsSecure { get; }

    /// <summary>Whether the host's identity is verified, so that a password can be sent to it. A host that is not verified may be another one that listens there.</summary>
    public virtual bool IsVerified => IsSecure;

    /// <summary>The daemon's host as credentials are filed under it.</summary>
    public virtual string Host => "localhost";

    protected static string Text(string host, int port) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";
}

/// <summary>A unix socket.</summary>
internal sealed record UnixEndpoint(string SocketPath) : Endpoint
{
    /// <summary>Whether file descriptors shall pass over the socket too.</summary>
    public bool PassesDescriptors { get; init; }

    public override bool IsSecure => true;

    public override string ToString() => $"the socket {SocketPath}";
}

/// <summary>A TCP port.</summary>
internal sealed record TcpEndpoint(string Host, int Port) : Endpoint
{
    public const int DefaultPort = 16509;

    public override bool IsSecure => false;

    public override string Host { get; } = Host;

    public override string ToString() => Text(Host, Port);
}

/// <summary>A TCP port behind which TLS is spoken.</summary>
/// <param name="Host">The name that the certificate must bear.</param>
/// <param name="Port">The port.</param>
/// <param name="Pki">Where the certificates lie; null when the daemon's is not checked and we have none.</param>
/// <param name="Verify">Whether the daemon's certificate is checked.</param>
/// <param name="CheckOwn">Whether our own certificates are looked over first.</param>
internal sealed record TlsEndpoint(string Host, int Port, PkiFiles Pki, bool Verify, bool CheckOwn) : Endpoint
{
    public const int DefaultPort = 16514;

    public override bool IsSecure => true;

    public override bool IsVerified => Verify;

    public override string Host { get; } = Host;

    public override string ToString() => Text(Host, Port);
}

/// <summary>A program whose standard input and output lead to the daemon.</summary>
/// <param name="Program">Its path, or a name that the PATH resolves.</param>
/// <param name="Arguments">Passed as they are, without a shell.</param>
/// <param name="Host">The host it leads to.</param>
/// <param name="IsSshTunnel">Whether it is ssh, or behaves like it.</param>
internal sealed record ProcessEndpoint(string Program, IReadOnlyList<string> Arguments, string Host, bool IsSshTunnel) : Endpoint
{
    /// <summary>Whether ssh verifies the host's key.</summary>
    public bool VerifiesHostKey { get; init; } = true;

    // How secure a program of the user's own is cannot be known.
    public override bool IsSecure => IsSshTunnel;

    public override bool IsVerified => IsSshTunnel && VerifiesHostKey;

    public override string Host { get; } = Host;

    public override string ToString() => IsSshTunnel ? $"{Host} by {Program}" : $"the far end of {Program}";
}
