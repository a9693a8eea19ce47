namespace Libvirt.Transports;

/// <summary>Makes the transport to an endpoint.</summary>
internal interface ITransportConnector
{
    /// <exception cref="LibvirtConnectException">It cannot be reached; nothing is left behind.</exception>
    ValueTask<IByteTransport> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken);
}
