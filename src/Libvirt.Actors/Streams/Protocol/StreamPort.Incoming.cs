using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using Libvirt.Diagnostics;

namespace Libvirt.Streams;

// From the stream's actor to the reader.
internal sealed partial class StreamPort
{
    private const int MaxHoles = 1024;

    private readonly ConcurrentQueue<(long Position, long Length)> _holes = [];
    private readonly SemaphoreSlim _holeRoom = new(MaxHoles);
    private ValueTask<FlushResult> _flush;
    // Bytes of data that have come, dropped ones included; holes are no bytes. Touched by the stream's actor only.
    private long _received;
    private long _holesLength;
    private long _dropped;

    /// <summary>Bytes that were dropped because nobody read.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>
    /// Adds data for the reader and completes when there is room for more. False when there is none and the rule is to abort; then nothing was added.
    /// </summary>
    public async ValueTask<bool> AddAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        _received += data.Length;
        if (_isAbandoned)
            return true;
        if (Buffering.Overflow is { } overflow)
            return AddOrOverflow(data, overflow);
        _incoming.Writer.Write(data.Span);
        StreamTelemetry.Received(Procedure, data.Length);
        await _incoming.Writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether a hole of this length can follow: a position in the stream must remain a 64-bit number.</summary>
    public bool CanAddHole(long length) => length >= 0 && length <= long.MaxValue - _received - _holesLength;

    /// <summary>Adds a hole behind what has come; completes when there is room for it.</summary>
    public async ValueTask AddHoleAsync(long length, CancellationToken cancellationToken)
    {
        _holesLength += length;
        await _holeRoom.WaitAsync(cancellationToken).ConfigureAwait(false);
        _holes.Enqueue((_received, length));
        // A hole is no bytes: a reader that waits for some is told to look.
        _incoming.Reader.CancelPendingRead();
    }

    private bool AddOrOverflow(ReadOnlyMemory<byte> data, StreamOverflow overflow)
    {
        // A flush that has not ended says that the buffer is full.
        if (!_flush.IsCompleted)
        {
            if (overflow == StreamOverflow.Abort)
                return false;
            Interlocked.Add(ref _dropped, data.Length);
            return true;
        }

        _incoming.Writer.Write(data.Span);
        StreamTelemetry.Received(Procedure, data.Length);
        _flush = new ValueTask<FlushResult>(_incoming.Writer.FlushAsync(CancellationToken.None).AsTask());
        return true;
    }
}
