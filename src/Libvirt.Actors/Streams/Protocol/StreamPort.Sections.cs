using System.Buffers;

namespace Libvirt.Streams;

// Data and holes in their order, for the reader.
internal sealed partial class StreamPort
{
    private long _consumed;

    /// <summary>
    /// What comes next: a hole, which is taken with that, or so many bytes at the front of <paramref name="buffer"/>. False when nothing is there yet. To be
    /// asked after the buffer was read, since a hole is known before the bytes behind it can be.
    /// </summary>
    public bool TryNextSection(in ReadOnlySequence<byte> buffer, out long length, out bool isHole)
    {
        isHole = false;
        length = buffer.Length;
        if (!_holes.TryPeek(out (long Position, long Length) hole))
            return length > 0;
        if (hole.Position > _consumed)
        {
            length = Math.Min(length, hole.Position - _consumed);
            return length > 0;
        }

        _holes.TryDequeue(out _);
        _holeRoom.Release();
        isHole = true;
        length = hole.Length;
        return true;
    }

    /// <summary>So many bytes of data have been read.</summary>
    public void Consumed(long bytes) => _consumed += bytes;
}
