using System.Buffers;

namespace Libvirt.Streams;

/// <summary>Any stream, from its present place on. It is not disposed.</summary>
internal sealed class StreamSource(Stream source) : ITransferSource
{
    private readonly long _start = source.CanSeek ? source.Position : 0;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(StreamPort.MaxPacket);

    // That of a device is 0.
    public long? Length => source.CanSeek && source.Length > _start ? source.Length - _start : null;

    public bool IsSparse => false;

    public bool CanRewind => source.CanSeek;

    public async ValueTask<VolumeSection> ReadAsync(long limit, CancellationToken cancellationToken)
    {
        Memory<byte> wanted = _buffer.AsMemory(0, (int)Math.Min(StreamPort.MaxPacket, limit));
        int count = await source.ReadAsync(wanted, cancellationToken).ConfigureAwait(false);
        return VolumeSection.OfData(wanted[..count]);
    }

    public void RewindTo(long read) => source.Position = _start + read;

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
