namespace Libvirt.Streams;

/// <summary>Any stream, from its present place on.</summary>
internal sealed class StreamSource(Stream source) : ITransferSource
{
    private readonly long _start = source.CanSeek ? source.Position : 0;

    public long? Length => source.CanSeek ? source.Length - _start : null;

    public bool IsSparse => false;

    public bool CanRewind => source.CanSeek;

    public async ValueTask<VolumeSection> ReadAsync(Memory<byte> buffer, long limit, CancellationToken cancellationToken)
    {
        Memory<byte> wanted = buffer[..(int)Math.Min(buffer.Length, limit)];
        int count = await source.ReadAsync(wanted, cancellationToken).ConfigureAwait(false);
        return VolumeSection.OfData(buffer[..count]);
    }

    public void RewindTo(long read) => source.Position = _start + read;
}
