namespace Libvirt.Simulator;

/// <summary>The bytes of a volume, wherever they are kept. What was never written reads as zeros and takes up no room. May be used from several threads.</summary>
internal abstract class VolumeContent
{
    /// <summary>Bytes from the first to the last, holes included.</summary>
    public abstract long Length { get; }

    /// <summary>Bytes that take up room.</summary>
    public abstract long Allocated { get; }

    /// <summary>Writes bytes; beyond the end the content grows.</summary>
    public abstract void Write(long position, ReadOnlySpan<byte> data);

    /// <summary>Makes a stretch read as zeros and gives back the room it took up, as far as whole blocks lie in it.</summary>
    public abstract void Punch(long position, long length);

    /// <summary>Cuts off or adds a hole at the end.</summary>
    public abstract void Resize(long length);

    /// <summary>Reads a stretch piece by piece, each when it is asked for.</summary>
    /// <param name="position">Where to begin.</param>
    /// <param name="length">How many bytes; what lies beyond the end is left out.</param>
    /// <param name="maxPiece">The most bytes of a piece that is no hole.</param>
    /// <param name="holes">Whether holes come as such; else as zeros.</param>
    public abstract IEnumerable<VolumePiece> Read(long position, long length, int maxPiece, bool holes);

    /// <summary>Writes all of it into another content, which has nothing yet; holes stay holes.</summary>
    public void CopyTo(VolumeContent other)
    {
        long position = 0;
        foreach (VolumePiece piece in Read(0, long.MaxValue, SparseMemory.BlockSize, holes: true))
        {
            if (!piece.IsHole)
                other.Write(position, piece.Data.Span);
            position += piece.Length;
        }
    }

    /// <summary>Where a stretch ends that may be longer than anything.</summary>
    protected static long EndOf(long position, long length) => length > long.MaxValue - position ? long.MaxValue : position + length;
}
