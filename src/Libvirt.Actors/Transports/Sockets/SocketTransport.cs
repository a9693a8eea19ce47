using System.Net.Sockets;

namespace Libvirt.Transports;

/// <summary>Bytes over a connected unix or TCP socket, which it owns, where <see cref="LinuxSocketTransport"/> is not possible.</summary>
internal sealed class SocketTransport(Socket socket) : IByteTransport
{
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => socket.ReceiveAsync(buffer, SocketFlags.None);

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (true)
        {
            int sent = await socket.SendAsync(bytes, SocketFlags.None).ConfigureAwait(false);
            if (sent == bytes.Length)
                return;
            bytes = bytes[sent..];
        }
    }

    public void Dispose() => socket.Dispose();
}
