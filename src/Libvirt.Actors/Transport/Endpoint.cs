namespace Libvirt.Transport;

/// <summary>Where a daemon listens.</summary>
internal abstract record Endpoint;

/// <summary>A unix socket.</summary>
internal sealed record UnixEndpoint(string SocketPath) : Endpoint
{
    public override string ToString() => $"the socket {SocketPath}";
}

/// <summary>A TCP port.</summary>
internal sealed record TcpEndpoint(string Host, int Port) : Endpoint
{
    public const int DefaultPort = 16509;

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
