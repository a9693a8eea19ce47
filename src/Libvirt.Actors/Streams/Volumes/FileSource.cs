using Microsoft.Win32.SafeHandles;

namespace Libvirt.Streams;

/// <summary>A file with the holes that its file system knows of.</summary>
internal sealed class FileSource(SafeFileHandle file) : ITransferSource
{
    private readonly long _length = RandomAccess.GetLength(file);
    private long _position;

    public long? Length => _length;

    public bool IsSparse => true;

    public bool CanRewind => true;

    public async ValueTask<VolumeSection> ReadAsync(Memory<byte> buffer, long limit, CancellationToken cancellationToken)
    {
        long left = Math.Min(limit, _length - _position);
        if (left <= 0)
            return VolumeSection.OfData(default);
        long hole = Math.Min(left, FileHoles.LengthAt(file, _position, _length));
        if (hole > 0)
        {
            _position += hole;
            return VolumeSection.OfHole(hole);
        }

        long data = Math.Min(left, FileHoles.LengthOfDataAt(file, _position, _length));
        Memory<byte> wanted = buffer[..(int)Math.Min(buffer.Length, data)];
        int count = await RandomAccess.ReadAsync(file, wanted, _position, cancellationToken).ConfigureAwait(false);
        _position += count;
        return VolumeSection.OfData(buffer[..count]);
    }

    public void RewindTo(long read) => _position = read;
}
