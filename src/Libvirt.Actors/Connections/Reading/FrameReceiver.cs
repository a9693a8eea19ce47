using Libvirt.Threads;
using Akka.Actor;
using Libvirt.Protocol;
using Libvirt.Transports;

namespace Libvirt.Connections;

/// <summary>
/// Reads a connection from the first byte to the last and passes the frames to its actor, batch by batch. The <see cref="SharedLoop"/> reads idle connections, those that it
/// cannot wait for by tasks on the thread pool; a busy connection gets a reader thread, by a <see cref="ReaderLease"/>, for as long as it is busy.
/// </summary>
internal sealed partial class FrameReceiver(IByteTransport transport, ConnectionHandle connection, WireLoad load, ReaderSettings settings)
{
    // How long a reader thread waits for the user of a stream before it leaves the wait to a task.
    private static readonly TimeSpan HeldLimit = TimeSpan.FromMilliseconds(10);

    private readonly ReceivedFrames _frames = new();
    private readonly FrameBuffer _buffer = new();
    private readonly ReaderPolicy _policy = new(settings.Time);
    private volatile bool _mayHaveThread;

    /// <summary>Allows reader threads from now on: authentication has ended, after which the transport does not change any more.</summary>
    public void AllowThread() => _mayHaveThread = true;

    /// <summary>Runs until the transport or the connection has ended, and then reports the reason to the connection.</summary>
    public async Task RunAsync()
    {
        Exception reason;
        try
        {
            while (await ReceiveAsync().ConfigureAwait(false))
            {
            }

            reason = new EndOfStreamException("The daemon closed the connection.");
        }
        catch (ProtocolException error)
        {
            reason = new LibvirtProtocolException($"The daemon broke the protocol: {error.Message}", error);
        }
        catch (Exception error)
        {
            reason = error;
        }

        _buffer.Dispose();
        connection.Ref.Tell(new ConnectionFailed(reason), ActorRefs.NoSender);
    }

    /// <summary>Receives once, or as long as the connection is busy. False at the end.</summary>
    private async ValueTask<bool> ReceiveAsync()
    {
        if (_mayHaveThread && _policy.IsBusy() && transport.Blocking is { } blocking)
        {
            _policy.Begin();
            _blocking = blocking;
            _threadLeft = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (new ReaderLease(this, settings.Threads, settings.Log).TryStart())
                return await ReadByThreadAsync(_threadLeft.Task).ConfigureAwait(false);
        }

        return await ReceiveOnceAsync().ConfigureAwait(false);
    }

    private async ValueTask<bool> ReadByThreadAsync(Task<bool> left)
    {
        bool isOpen = await left.ConfigureAwait(false);
        _policy.Begin();
        // The thread does not wait for users of streams that still hold the bytes.
        await _frames.ReleasedAsync().ConfigureAwait(false);
        _buffer.Consume();
        return isOpen;
    }

    private async ValueTask<bool> ReceiveOnceAsync()
    {
        int count = await transport.ReceiveAsync(_buffer.Free).ConfigureAwait(false);
        if (count == 0)
            return false;
        _policy.Received();
        if (_buffer.Add(count) is { Length: > 0 } whole)
        {
            List<IContinuation>? unblocked = settings.Inline ? SharedLoop.Unblocked : null;
            _frames.Fill(whole, unblocked);
            connection.Ref.Tell(_frames, ActorRefs.NoSender);
            if (unblocked is not null)
                _frames.WaitRouted();
            await _frames.ReleasedAsync().ConfigureAwait(false);
            if (connection.HasEnded)
                return false;
            _buffer.Consume();
        }

        return true;
    }
}
