using System.Net.Sockets;
using System.Runtime.InteropServices;
using Libvirt.FileDescriptors;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Transports;

/// <summary>
/// Bytes and file descriptors over a unix socket, which it owns. In the stream each descriptor has a byte of its own behind the frame that it belongs
/// to. Outgoing ones are attached to such a byte by its position; from what comes the bytes are taken out, so that only frames are left.
/// </summary>
internal sealed class DescriptorTransport(Socket socket) : IByteTransport
{
    private static readonly TimeSpan FullSocketPause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Queue<(long Position, SafeHandle Descriptor)> _outgoing = new();
    private readonly IncomingDescriptors _incoming = new();
    private long _sent;
    private bool _disposed;

    /// <summary>
    /// Has the bytes from <paramref name="position"/> on, of everything ever sent, carry descriptors, which stay open until they have gone.
    /// </summary>
    /// <exception cref="ArgumentException">One of them is closed or none at all; none will go.</exception>
    public void Attach(long position, IReadOnlyList<SafeHandle> descriptors)
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            Hold(descriptors);
            foreach (SafeHandle descriptor in descriptors)
                _outgoing.Enqueue((position++, descriptor));
        }
    }

    /// <summary>The next <paramref name="count"/> descriptors from the daemon, as soon as they have come. The taker owns them.</summary>
    public Task<SafeFileHandle[]> TakeAsync(int count) => _incoming.TakeAsync(count);

    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        while (true)
        {
            // Completes when there is something to receive, and takes nothing of it.
            await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None).ConfigureAwait(false);
            int count = DescriptorMessages.TryReceive(socket.SafeHandle, buffer.Span, out SafeFileHandle[] descriptors);
            if (descriptors.Length > 0)
            {
                _incoming.Add(descriptors);
                // The kernel ends a receive behind the byte that carried them.
                count--;
                if (count == 0)
                    continue;
            }

            if (count >= 0)
                return count;
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            SafeHandle? descriptor = Next(out long distance);
            if (descriptor is not null && distance == 0)
            {
                while (!DescriptorMessages.TrySend(socket.SafeHandle, descriptor))
                    await Task.Run(() => socket.Poll(FullSocketPause, SelectMode.SelectWrite)).ConfigureAwait(false);
                Detach();
                bytes = bytes[1..];
                _sent++;
                continue;
            }

            int length = (int)Math.Min(bytes.Length, distance);
            int sent = await socket.SendAsync(bytes[..length], SocketFlags.None).ConfigureAwait(false);
            bytes = bytes[sent..];
            _sent += sent;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            while (_outgoing.TryDequeue(out (long, SafeHandle Descriptor) next))
                next.Descriptor.DangerousRelease();
        }

        socket.Dispose();
        _incoming.Dispose();
    }

    private static void Hold(IReadOnlyList<SafeHandle> descriptors)
    {
        int count = 0;
        try
        {
            foreach (SafeHandle descriptor in descriptors)
            {
                ObjectDisposedException.ThrowIf(descriptor is null or { IsInvalid: true }, typeof(SafeHandle));
                bool held = false;
                descriptor.DangerousAddRef(ref held);
                count++;
            }
        }
        catch (ObjectDisposedException error)
        {
            foreach (SafeHandle descriptor in descriptors.Take(count))
                descriptor.DangerousRelease();
            throw new ArgumentException("What shall be passed as a file descriptor is closed, or none at all.", error);
        }
    }

    /// <summary>The next descriptor to go, and how many bytes come before its own.</summary>
    private SafeHandle? Next(out long distance)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_outgoing.TryPeek(out (long Position, SafeHandle Descriptor) next))
            {
                distance = next.Position - _sent;
                return next.Descriptor;
            }
        }

        distance = long.MaxValue;
        return null;
    }

    private void Detach()
    {
        lock (_gate)
        {
            if (_outgoing.TryDequeue(out (long, SafeHandle Descriptor) gone))
                gone.Descriptor.DangerousRelease();
        }
    }
}
