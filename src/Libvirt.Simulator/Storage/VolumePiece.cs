namespace Libvirt.Simulator;

/// <summary>A stretch of a volume: bytes, or a hole of some length.</summary>
internal readonly record struct VolumePiece(ReadOnlyMemory<byte> Data, long HoleLength)
{
    public bool IsHole => HoleLength > 0;

    public long Length => IsHole ? HoleLength : Data.Length;

    public static VolumePiece Hole(long length) => new(default, length);

    public static VolumePiece Bytes(ReadOnlyMemory<byte> data) => new(data, 0);
}
