using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Streams;

/// <summary>A new file: what is skipped becomes a hole.</summary>
internal sealed class FileTarget(SafeFileHandle file) : ITransferTarget
{
    private long _position;
    private bool _hasHoles;

    public async ValueTask WriteAsync(ReadOnlySequence<byte> data, CancellationToken cancellationToken)
    {
        // All of it with one way through the pool, where files are written.
        ReadOnlyMemory<byte>[] pieces = [.. data];
        await RandomAccess.WriteAsync(file, pieces, _position, cancellationToken).ConfigureAwait(false);
        _position += data.Length;
    }

    public void Skip(long length)
    {
        _position += length;
        if (_hasHoles)
            return;
        // What has no length of its own, as a device, would keep in the hole what it held before.
        RandomAccess.SetLength(file, _position);
        if (RandomAccess.GetLength(file) != _position)
            throw new IOException("The volume has holes, and what it is downloaded into can have none: download it as a stream.");
        _hasHoles = true;
    }

    public void End()
    {
        // A hole at the end is part of the file, too.
        if (_hasHoles)
            RandomAccess.SetLength(file, _position);
    }
}
