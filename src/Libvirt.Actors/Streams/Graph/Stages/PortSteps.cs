using System.Runtime.CompilerServices;

namespace Libvirt.Streams;

/// <summary>What stages do with a stream's port, step by step.</summary>
internal static class PortSteps
{
    /// <summary>The most bytes that are taken of a port at once; each is given out in the pieces in which it lies in memory, of 64 KiB each where much arrives.</summary>
    public const int MostAtOnce = 256 * 1024;

    /// <summary>Sends data; the result has no meaning.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<bool> WriteAsync(StreamPort port, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await port.WriteAsync(data, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The data of a stream, in pieces.</summary>
    public static IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync(StreamPort port, CancellationToken cancellationToken) =>
        DataOf(port.ReadBatchesAsync(MostAtOnce, cancellationToken), cancellationToken);

    /// <summary>The data of batches, in pieces.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> DataOf(
        IAsyncEnumerable<SectionBatch> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (SectionBatch batch in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (ReadOnlyMemory<byte> piece in batch.Data)
            {
                // The sequences of a pipe may begin with an empty segment.
                if (!piece.IsEmpty)
                    yield return piece;
            }
        }
    }

    /// <summary>The data and the holes of batches, in pieces.</summary>
    public static async IAsyncEnumerable<VolumeSection> SectionsOf(
        IAsyncEnumerable<SectionBatch> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (SectionBatch batch in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (batch.Hole > 0)
                yield return VolumeSection.OfHole(batch.Hole);
            foreach (ReadOnlyMemory<byte> piece in batch.Data)
            {
                if (!piece.IsEmpty)
                    yield return VolumeSection.OfData(piece);
            }
        }
    }
}
