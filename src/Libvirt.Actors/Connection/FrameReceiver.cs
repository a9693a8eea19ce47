using System.Buffers;
using Actors;
using Libvirt.Protocol;
using Libvirt.Transport;

namespace Libvirt.Connection;

/// <summary>
/// Turns received bytes into batches of whole frames and hands each to the connection. Starts with a small buffer, grows it only as the bytes of
/// a larger frame really arrive, and shrinks it again afterwards.
/// </summary>
internal sealed class FrameReceiver(IByteTransport transport, IActorRef<IConnectionMessage> connection)
{
    private const int IdleSize = 16 * 1024;

    private readonly ReceivedFrames _frames = new();
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(IdleSize);
    private int _end;

    /// <summary>Runs until the transport ends or the connection has; then tells the connection why, if it is still there.</summary>
    public async Task RunAsync()
    {
        Exception reason;
        try
        {
            while (await ReceiveOnceAsync().ConfigureAwait(false))
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

        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        await connection.TellWhenRoomAsync(new ConnectionFailed(reason)).ConfigureAwait(false);
    }

    private async ValueTask<bool> ReceiveOnceAsync()
    {
        int count = await transport.ReceiveAsync(_buffer.AsMemory(_end)).ConfigureAwait(false);
        if (count == 0)
            return false;
        _end += count;
        int whole = MeasureWholeFrames(out int next);
        if (whole > 0)
        {
            _frames.Fill(_buffer.AsMemory(0, whole));
            if (!await connection.TellWhenRoomAsync(_frames).ConfigureAwait(false))
                return false;
            await _frames.Released.ConfigureAwait(false);
            _buffer.AsSpan(whole, _end - whole).CopyTo(_buffer);
            _end -= whole;
        }

        MakeRoom(next);
        return true;
    }

    /// <summary>How many bytes at the front are whole frames, and how long the frame behind them is; 0 when that is not known yet.</summary>
    private int MeasureWholeFrames(out int next)
    {
        ReadOnlySpan<byte> received = _buffer.AsSpan(0, _end);
        int whole = 0;
        while (FrameScanner.TryReadLength(received[whole..], out next) && next <= received.Length - whole)
            whole += next;
        return whole;
    }

    private void MakeRoom(int nextFrame)
    {
        if (_end == _buffer.Length)
            Resize(Math.Min(nextFrame, 2 * _buffer.Length));
        else if (_end <= IdleSize && nextFrame <= IdleSize && _buffer.Length > 2 * IdleSize)
            Resize(IdleSize);
    }

    private void Resize(int size)
    {
        byte[] other = ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(0, _end).CopyTo(other);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = other;
    }
}
