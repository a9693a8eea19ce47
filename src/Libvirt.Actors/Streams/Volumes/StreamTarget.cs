namespace Libvirt.Streams;

/// <summary>Any stream; it has no holes.</summary>
internal sealed class StreamTarget(Stream destination) : ITransferTarget
{
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => destination.WriteAsync(data, cancellationToken);

    public void Skip(long length) => throw new InvalidOperationException("A stream cannot have holes.");

    public void End()
    {
    }
}
