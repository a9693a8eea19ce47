using Libvirt.Transports;

namespace Libvirt.Tests.Supervision;

/// <summary>A transport that closes and then throws.</summary>
internal sealed class UnclosableTransport(IByteTransport transport, Action onFailure) : IByteTransport
{
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => transport.ReceiveAsync(buffer);

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => transport.SendAsync(bytes);

    public void Dispose()
    {
        transport.Dispose();
        onFailure();
        throw new InjectedFailureException("The socket cannot be closed.");
    }

    /// <summary>Connects by such transports.</summary>
    internal sealed class Connector(ITransportConnector connector) : ITransportConnector
    {
        private int _failures;

        /// <summary>How often closing has failed.</summary>
        public int Failures => _failures;

        public async ValueTask<IByteTransport> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken) =>
            new UnclosableTransport(await connector.ConnectAsync(endpoint, cancellationToken), () => Interlocked.Increment(ref _failures));
    }
}
