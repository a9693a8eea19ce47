using System.Buffers;

namespace Libvirt.Streams;

/// <summary>Any stream; it has no holes.</summary>
internal sealed class StreamTarget(Stream destination) : ITransferTarget
{
    public async ValueTask WriteAsync(ReadOnlySequence<byte> data, CancellationToken cancellationToken)
    {
        foreach (ReadOnlyMemory<byte> piece in data)
            await destination.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
    }

    public void Skip(long length) => throw new InvalidOperationException("A stream cannot have holes.");

    public void End()
    {
    }
}
