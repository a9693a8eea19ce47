using System.Net.Sockets;

namespace Libvirt.Transport;

/// <summary>Bytes over a stream that stands on a socket, such as TLS. Owns both.</summary>
internal sealed class StreamTransport(Stream stream, Socket socket) : IByteTransport
{
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => stream.ReadAsync(buffer);

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => stream.WriteAsync(bytes);

    public void Dispose()
    {
        // The socket first: closing it ends what is pending on the stream, whereas the stream would wait for that to say goodbye.
        socket.Dispose();
        stream.Dispose();
    }
}
