using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Libvirt.Transport;

/// <summary>
/// Bytes over a connected unix or TCP socket, which it owns, by Linux's own system calls. Idle sockets are waited for by <see cref="ReadinessLoop"/>,
/// busy ones by a thread in the receive itself.
/// </summary>
internal sealed class LinuxSocketTransport : IBlockingTransport
{
    // How long a thread waits before it looks whether it is still wanted.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly SafeSocketHandle _handle;
    private readonly SocketWatch _watch;
    private State _state;

    public LinuxSocketTransport(Socket socket)
    {
        _socket = socket;
        _handle = socket.SafeHandle;
        _watch = new SocketWatch(_handle);
        NativeSocket.MakeBlocking(socket, Patience);
    }

    private enum State
    {
        Open,

        /// <summary>A thread waits in a receive: it is the one to close the socket.</summary>
        Receiving,

        Closed,
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        int count;
        while ((count = NativeSocket.TryReceive(_handle, buffer.Span)) < 0)
            await _watch.ReadableAsync().ConfigureAwait(false);
        return count;
    }

    public int Receive(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(Interlocked.CompareExchange(ref _state, State.Receiving, State.Open) != State.Open, this);
        try
        {
            return NativeSocket.Receive(_handle, buffer);
        }
        finally
        {
            if (Interlocked.CompareExchange(ref _state, State.Open, State.Receiving) != State.Receiving)
                _socket.Dispose();
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
        State before = Interlocked.Exchange(ref _state, State.Closed);
        if (before == State.Closed)
            return;
        _watch.Dispose();
        if (before == State.Open)
            _socket.Dispose();
        else
            WakeReceiver();
    }

    private void WakeReceiver()
    {
        try
        {
            NativeSocket.End(_handle);
        }
        catch (ObjectDisposedException)
        {
            // It woke by itself and has closed the socket.
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
