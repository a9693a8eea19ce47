using System.Buffers;
using System.Runtime.ExceptionServices;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Streams;

/// <summary>
/// A file, as long as it is at the beginning, with the holes that its file system knows of. While one piece of it is sent, the thread pool reads the next:
/// a disk that takes its time holds up no thread that sends, and several packets come with one way through the pool.
/// </summary>
internal sealed class FileSource(SafeFileHandle file) : ITransferSource
{
    private const int PieceSize = 4 * StreamPort.MaxPacket;

    private readonly long _length = RandomAccess.GetLength(file);
    private Task<Piece>? _next;
    private Piece? _current;
    private int _taken;

    public long? Length => _length;

    public bool IsSparse => true;

    public bool CanRewind => true;

    public async ValueTask<VolumeSection> ReadAsync(long limit, CancellationToken cancellationToken)
    {
        if (_current is null || _taken == _current.Count)
            await GoOnAsync(cancellationToken).ConfigureAwait(false);
        Piece piece = _current!;
        if (piece.Hole > 0)
        {
            _current = null;
            return VolumeSection.OfHole(Math.Min(piece.Hole, limit));
        }

        int count = (int)Math.Min(Math.Min(piece.Count - _taken, StreamPort.MaxPacket), limit);
        _taken += count;
        return VolumeSection.OfData(piece.Data.AsMemory(_taken - count, count));
    }

    public void RewindTo(long read)
    {
        Forget();
        _next = ReadAheadAsync(read, dataEnd: read);
    }

    public void Dispose() => Forget();

    /// <summary>What is being read meanwhile is left to itself, with its memory: a disk may not answer at all.</summary>
    private void Forget()
    {
        Recycle(_current);
        _current = null;
        if (_next is { IsCompleted: true })
            Recycle(_next.Result);
        _next = null;
    }

    private async ValueTask GoOnAsync(CancellationToken cancellationToken)
    {
        _next ??= ReadAheadAsync(0, dataEnd: 0);
        Piece piece = await _next.WaitAsync(cancellationToken).ConfigureAwait(false);
        piece.Failure?.Throw();
        Recycle(_current);
        _current = piece;
        _taken = 0;
        _next = ReadAheadAsync(piece.End, piece.DataEnd);
    }

    private Task<Piece> ReadAheadAsync(long position, long dataEnd) => Task.Run(() =>
    {
        try
        {
            return Read(position, dataEnd);
        }
        catch (Exception error)
        {
            // Perhaps nobody wants this piece.
            return new Piece(position) { Failure = ExceptionDispatchInfo.Capture(error) };
        }
    });

    private Piece Read(long position, long dataEnd)
    {
        // It may have become shorter: what it has lost is no hole.
        long left = Math.Min(_length, RandomAccess.GetLength(file)) - position;
        if (left <= 0)
            return new Piece(position);
        if (position >= dataEnd)
        {
            // Asked once for each stretch of data: some file systems look at every page for the answer.
            if (FileHoles.LengthAt(file, position, position + left) is var hole and > 0)
                return new Piece(position) { Hole = Math.Min(left, hole) };
            dataEnd = position + FileHoles.LengthOfDataAt(file, position, position + left);
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        int count = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(PieceSize, Math.Min(left, dataEnd - position))), position);
        return new Piece(position) { Data = buffer, Count = count, DataEnd = dataEnd };
    }

    private static void Recycle(Piece? piece)
    {
        if (piece is { Data.Length: > 0 })
            ArrayPool<byte>.Shared.Return(piece.Data);
    }

    /// <summary>A hole, data, or a failure; none of them at the end.</summary>
    private sealed record Piece(long Position)
    {
        public long Hole { get; init; }

        public byte[] Data { get; init; } = [];

        public int Count { get; init; }

        /// <summary>How far the data goes that this is of.</summary>
        public long DataEnd { get; init; }

        public ExceptionDispatchInfo? Failure { get; init; }

        public long End => Position + Hole + Count;
    }
}
