namespace Libvirt.Streams;

/// <summary>A new file: what is sought over becomes a hole.</summary>
internal sealed class FileTarget(FileStream file) : ITransferTarget
{
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => file.WriteAsync(data, cancellationToken);

    public void Skip(long length) => file.Seek(length, SeekOrigin.Current);

    // A hole at the end is part of the file, too.
    public void End() => file.SetLength(file.Position);
}
