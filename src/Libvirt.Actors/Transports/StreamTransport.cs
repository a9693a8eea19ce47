using System.Buffers.Binary;
using System.Net.Sockets;

namespace Libvirt.Transports;

/// <summary>
/// Bytes over a stream that stands on a socket, such as TLS. Owns both. Each frame is a write, and so a record, of its own: libvirtd looks at the socket
/// for more, and what came in one record with a frame that it has read lies no longer there. It would find it when the next record comes, which may be
/// the ping after seconds of silence.
/// </summary>
internal sealed class StreamTransport(Stream stream, Socket socket) : IByteTransport
{
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => stream.ReadAsync(buffer);

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => FirstFrame(bytes) == bytes.Length ? stream.WriteAsync(bytes) : SendFramesAsync(bytes);

    public void Dispose()
    {
        // The socket first: closing it ends what is pending on the stream, whereas the stream would wait for that to say goodbye.
        socket.Dispose();
        stream.Dispose();
    }

    private async ValueTask SendFramesAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = FirstFrame(bytes);
            await stream.WriteAsync(bytes[..count]).ConfigureAwait(false);
            bytes = bytes[count..];
        }
    }

    // A batch has whole frames, and each begins with its length.
    private static int FirstFrame(ReadOnlyMemory<byte> bytes) => BinaryPrimitives.ReadInt32BigEndian(bytes.Span);
}
