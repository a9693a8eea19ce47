using Actors;
using Libvirt.Protocol;
using Libvirt.Transport;

namespace Libvirt.Connection;

/// <summary>
/// Reads a connection from its first byte to its last and hands it the frames batch by batch. Calm connections are read by tasks on the thread pool;
/// one that is busy gets a thread of its own, a <see cref="Seat"/>, as long as it is.
/// </summary>
internal sealed partial class FrameReceiver(
    IByteTransport transport, IActorRef<IConnectionMessage> connection, WireLoad load, ReaderSettings settings)
{
    // How long a thread waits for a stream's reader before it leaves the waiting to a task.
    private static readonly TimeSpan HeldLimit = TimeSpan.FromMilliseconds(10);

    private readonly ReceivedFrames _frames = new();
    private readonly FrameBuffer _buffer = new();
    private readonly ReaderPolicy _policy = new(settings.Time);
    private readonly ReplyGathering _gathering = new();
    private readonly ContinuationTrust _trust = new(settings.Time);
    private volatile bool _mayHaveThread;

    /// <summary>From now on a thread may read it: authentication is over, and with it every change of the transport.</summary>
    public void AllowThread() => _mayHaveThread = settings.Threads is not null;

    /// <summary>Runs until the transport ends or the connection has; then tells the connection why, if it is still there.</summary>
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
        await connection.TellWhenRoomAsync(new ConnectionFailed(reason)).ConfigureAwait(false);
    }

    /// <summary>Receives once, or, where the connection is busy, as long as it is. False at the end.</summary>
    private async ValueTask<bool> ReceiveAsync()
    {
        if (_mayHaveThread && _policy.IsBusy() && transport.Blocking is { } blocking)
        {
            _policy.Begin();
            _blocking = blocking;
            _threadLeft = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (new Seat(this, _trust, settings).TryOccupy())
                return await ReadByThreadAsync(_threadLeft.Task).ConfigureAwait(false);
        }

        return await ReceiveOnceAsync().ConfigureAwait(false);
    }

    private async ValueTask<bool> ReadByThreadAsync(Task<bool> left)
    {
        bool goesOn = await left.ConfigureAwait(false);
        _policy.Begin();
        // What a stream's reader still holds, the thread has left to us.
        await _frames.ReleasedAsync().ConfigureAwait(false);
        _buffer.Consume();
        return goesOn;
    }

    private async ValueTask<bool> ReceiveOnceAsync()
    {
        int count = await transport.ReceiveAsync(_buffer.Free).ConfigureAwait(false);
        if (count == 0)
            return false;
        _policy.Received();
        if (_buffer.Add(count) is { Length: > 0 } whole)
        {
            _frames.Fill(whole);
            if (!await connection.TellWhenRoomAsync(_frames).ConfigureAwait(false))
                return false;
            await _frames.ReleasedAsync().ConfigureAwait(false);
            _buffer.Consume();
        }

        return true;
    }
}
