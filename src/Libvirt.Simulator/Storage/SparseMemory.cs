namespace Libvirt.Simulator;

/// <summary>The content of a volume in memory, which only the blocks take up that hold anything.</summary>
internal sealed class SparseMemory : VolumeContent
{
    /// <summary>Bytes of a block: what is allocated at once, and how fine holes are.</summary>
    public const int BlockSize = 64 << 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, byte[]> _blocks = [];
    private long _length;

    public SparseMemory(long length) => _length = length;

    public override long Length
    {
        get
        {
            lock (_gate)
                return _length;
        }
    }

    public override long Allocated
    {
        get
        {
            lock (_gate)
                return (long)_blocks.Count * BlockSize;
        }
    }

    public override void Write(long position, ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            _length = Math.Max(_length, position + data.Length);
            while (!data.IsEmpty)
            {
                (long block, long offset) = Math.DivRem(position, BlockSize);
                int count = (int)Math.Min(data.Length, BlockSize - offset);
                if (!_blocks.TryGetValue(block, out byte[]? bytes))
                    _blocks.Add(block, bytes = new byte[BlockSize]);
                data[..count].CopyTo(bytes.AsSpan((int)offset));
                position += count;
                data = data[count..];
            }
        }
    }

    public override void Punch(long position, long length)
    {
        lock (_gate)
        {
            long end = position + length;
            _length = Math.Max(_length, end);
            foreach (long block in _blocks.Keys.Where(b => b * BlockSize < end && (b + 1) * BlockSize > position).ToArray())
            {
                long from = Math.Max(position, block * BlockSize);
                long to = Math.Min(end, (block + 1) * BlockSize);
                if (to - from == BlockSize)
                    _blocks.Remove(block);
                else
                    _blocks[block].AsSpan((int)(from - block * BlockSize), (int)(to - from)).Clear();
            }
        }
    }

    public override void Resize(long length)
    {
        lock (_gate)
        {
            if (length < _length)
                Punch(length, _length - length);
            _length = length;
        }
    }

    public override IEnumerable<VolumePiece> Read(long position, long length, int maxPiece, bool holes)
    {
        long end = Math.Min(Length, EndOf(position, length));
        while (position < end)
        {
            VolumePiece piece = Next(position, end, maxPiece, holes);
            yield return piece;
            position += piece.Length;
        }
    }

    private VolumePiece Next(long position, long end, int maxPiece, bool holes)
    {
        lock (_gate)
        {
            if (holes && HoleAt(position, end) is > 0 and long hole)
                return VolumePiece.Hole(hole);
            int count = (int)Math.Min(maxPiece, holes ? DataAt(position, end) : end - position);
            byte[] data = new byte[count];
            for (int done = 0; done < count;)
            {
                (long block, long offset) = Math.DivRem(position + done, BlockSize);
                int step = (int)Math.Min(count - done, BlockSize - offset);
                if (_blocks.TryGetValue(block, out byte[]? bytes))
                    bytes.AsSpan((int)offset, step).CopyTo(data.AsSpan(done));
                done += step;
            }
            return VolumePiece.Bytes(data);
        }
    }

    private long HoleAt(long position, long end) => Stretch(position, end, allocated: false);

    private long DataAt(long position, long end) => Stretch(position, end, allocated: true);

    private long Stretch(long position, long end, bool allocated)
    {
        long at = position;
        // A large empty volume must not be walked block by block.
        if (!allocated && _blocks.Count < (end - position) / BlockSize)
        {
            long first = position / BlockSize;
            long next = _blocks.Keys.Where(b => b >= first).DefaultIfEmpty(long.MaxValue / BlockSize).Min();
            return next == first ? 0 : Math.Min(end, next * BlockSize) - position;
        }
        while (at < end && _blocks.ContainsKey(at / BlockSize) == allocated)
            at = Math.Min(end, (at / BlockSize + 1) * BlockSize);
        return at - position;
    }
}
