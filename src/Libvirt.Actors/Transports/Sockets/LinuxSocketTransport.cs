using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Libvirt.Transports;

/// <summary>
/// Bytes over a connected unix or TCP socket, which it owns, by Linux's own system calls. Idle sockets are waited for by <see cref="SharedLoop"/>,
/// busy ones by a thread in the receive itself.
/// </summary>
internal sealed class LinuxSocketTransport : IBlockingTransport
{
    // Above any number of threads.
    private const int Closed = 1 << 30;

    // How long a thread waits before it looks whether it is still wanted.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly SafeSocketHandle _handle;
    private readonly SocketWatch _watch;

    // How many threads wait in a receive or a send, and whether it is closed: then the last of them closes the socket.
    private int _uses;

    public LinuxSocketTransport(Socket socket)
    {
        _socket = socket;
        _handle = socket.SafeHandle;
        _watch = new SocketWatch(_handle);
        NativeSocket.MakeBlocking(socket, Patience);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        // On the shared loop, a socket that has been read waits until the others have been served and the callers have continued.
        if (SharedLoop.Unblocked is not null)
            await _watch.ReadableAsync().ConfigureAwait(false);
        int count;
        while ((count = NativeSocket.TryReceive(_handle, buffer.Span)) < 0)
            await _watch.ReadableAsync().ConfigureAwait(false);
        return count;
    }

    public int Receive(Span<byte> buffer)
    {
        Enter();
        try
        {
            return NativeSocket.Receive(_handle, buffer);
        }
        finally
        {
            Exit();
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            int sent = NativeSocket.TrySend(_handle, bytes.Span);
            return sent == bytes.Length ? default : SendRestAsync(bytes[Math.Max(sent, 0)..]);
        }
        catch (Exception error)
        {
            return ValueTask.FromException(error);
        }
    }

    public void Dispose()
    {
        int before = Interlocked.Or(ref _uses, Closed);
        if ((before & Closed) != 0)
            return;
        _watch.Dispose();
        if (before == 0)
            _socket.Dispose();
        else
            WakeThreads();
    }

    private void Enter()
    {
        if ((Interlocked.Increment(ref _uses) & Closed) == 0)
            return;
        Exit();
        ObjectDisposedException.ThrowIf(true, this);
    }

    private void Exit()
    {
        if (Interlocked.Decrement(ref _uses) == Closed)
            _socket.Dispose();
    }

    private void WakeThreads()
    {
        try
        {
            NativeSocket.End(_handle);
        }
        catch (ObjectDisposedException)
        {
            // They woke by themselves, and the last of them has closed the socket.
        }
    }

    private async ValueTask SendRestAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            await _watch.WritableAsync().ConfigureAwait(false);
            int sent = NativeSocket.TrySend(_handle, bytes.Span);
            bytes = bytes[Math.Max(sent, 0)..];
        }
    }
}
