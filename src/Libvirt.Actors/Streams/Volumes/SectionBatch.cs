using System.Buffers;

namespace Libvirt.Streams;

/// <summary>What has come of a volume between two holes, or a hole.</summary>
/// <param name="Data">The bytes; empty for a hole.</param>
/// <param name="Hole">The hole's length; 0 for data.</param>
internal readonly record struct SectionBatch(ReadOnlySequence<byte> Data, long Hole)
{
    /// <summary>How many bytes of the volume it stands for.</summary>
    public long Length => Hole + Data.Length;
}
