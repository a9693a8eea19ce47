namespace Libvirt.Transports;

/// <summary>Makes the transport of whatever kind an endpoint asks for.</summary>
internal sealed class TransportConnector : ITransportConnector
{
    private readonly SocketConnector _sockets = new();

    public ValueTask<IByteTransport> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken) => endpoint switch
    {
        TlsEndpoint tls => new TlsConnector(_sockets).ConnectAsync(tls, cancellationToken),
        ProcessEndpoint process => new ValueTask<IByteTransport>(Start(process)),
        _ => _sockets.ConnectAsync(endpoint, cancellationToken),
    };

    private static IByteTransport Start(ProcessEndpoint process)
    {
        ProcessTransport transport = ProcessTransport.Start(process);
        return process.IsSecure ? transport : new SecurableTransport(transport);
    }
}
