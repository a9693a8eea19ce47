using System.Buffers;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;

namespace Libvirt;

public sealed partial class StorageVolume
{
    /// <summary>Begins to download the volume's content, as it lies on the storage. Serves <c>virStorageVolDownload</c>.</summary>
    /// <param name="offset">Where to begin, in bytes.</param>
    /// <param name="length">How many bytes; 0 for all there are.</param>
    /// <param name="flags"><see cref="StorageVolDownloadFlags.SparseStream"/> leaves the holes out and names them.</param>
    /// <param name="cancellationToken">Gives up the opening, the wait for a connection included; nothing is left behind.</param>
    /// <returns>The download. Dispose it.</returns>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<VolumeDownload> OpenDownloadAsync(
        long offset = 0, long length = 0, StorageVolDownloadFlags flags = 0, CancellationToken cancellationToken = default) =>
        new(await BeginDownloadAsync(offset, length, flags, memory: null, cancellationToken).ConfigureAwait(false));

    /// <summary>The same into memory of the caller's choice; null for memory that is recycled.</summary>
    internal async ValueTask<VolumeDownload> OpenDownloadAsync(
        long offset, long length, StorageVolDownloadFlags flags, MemoryPool<byte>? memory, CancellationToken cancellationToken) =>
        new(await BeginDownloadAsync(offset, length, flags, memory, cancellationToken).ConfigureAwait(false));

    /// <summary>Begins to download the volume's content as data and holes. Serves <c>virStorageVolDownload</c> with its flag for sparse streams.</summary>
    /// <param name="offset">Where to begin, in bytes.</param>
    /// <param name="length">How many bytes, holes included; 0 for all there are.</param>
    /// <param name="cancellationToken">Gives up the opening, the wait for a connection included; nothing is left behind.</param>
    /// <returns>The reader. Dispose it.</returns>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<SparseReader> OpenSparseReaderAsync(long offset = 0, long length = 0, CancellationToken cancellationToken = default) =>
        new(await BeginDownloadAsync(offset, length, StorageVolDownloadFlags.SparseStream, memory: null, cancellationToken).ConfigureAwait(false));

    /// <summary>Begins to upload new content into the volume. Serves <c>virStorageVolUpload</c>.</summary>
    /// <param name="offset">Where to begin, in bytes.</param>
    /// <param name="length">How many bytes at most; 0 for as many as come.</param>
    /// <param name="flags"><see cref="StorageVolUploadFlags.SparseStream"/> allows holes.</param>
    /// <param name="cancellationToken">Gives up the opening, the wait for a connection included; nothing is left behind.</param>
    /// <returns>The upload. Complete it, and dispose it.</returns>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<VolumeUpload> OpenUploadAsync(
        long offset = 0, long length = 0, StorageVolUploadFlags flags = 0, CancellationToken cancellationToken = default) =>
        new(await BeginUploadAsync(offset, length, flags, cancellationToken).ConfigureAwait(false));

    /// <summary>Begins to upload new content as data and holes. Serves <c>virStorageVolUpload</c> with its flag for sparse streams.</summary>
    /// <param name="offset">Where to begin, in bytes.</param>
    /// <param name="length">How many bytes at most, holes included; 0 for as many as come.</param>
    /// <param name="cancellationToken">Gives up the opening, the wait for a connection included; nothing is left behind.</param>
    /// <returns>The writer. Complete it, and dispose it.</returns>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<SparseWriter> OpenSparseWriterAsync(long offset = 0, long length = 0, CancellationToken cancellationToken = default) =>
        new(await BeginUploadAsync(offset, length, StorageVolUploadFlags.SparseStream, cancellationToken).ConfigureAwait(false));

    private async ValueTask<StreamPort> BeginDownloadAsync(
        long offset, long length, StorageVolDownloadFlags flags, MemoryPool<byte>? memory, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        StreamPort port = Port(RemoteProcedures.StorageVolDownload, flags.HasFlag(StorageVolDownloadFlags.SparseStream), memory);
        StorageVolDownloadArgs args = new() { Vol = Handle, Offset = (ulong)offset, Length = (ulong)length, Flags = (uint)flags };
        await Hypervisor.OpenBulkAsync(RemoteProcedures.StorageVolDownload, args, port, cancellationToken).ConfigureAwait(false);
        return port;
    }

    private async ValueTask<StreamPort> BeginUploadAsync(long offset, long length, StorageVolUploadFlags flags, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        StreamPort port = Port(RemoteProcedures.StorageVolUpload, flags.HasFlag(StorageVolUploadFlags.SparseStream));
        StorageVolUploadArgs args = new() { Vol = Handle, Offset = (ulong)offset, Length = (ulong)length, Flags = (uint)flags };
        await Hypervisor.OpenBulkAsync(RemoteProcedures.StorageVolUpload, args, port, cancellationToken).ConfigureAwait(false);
        return port;
    }

    private StreamPort Port(Protocol.Procedure procedure, bool isSparse, MemoryPool<byte>? memory = null) =>
        new(procedure, new StreamBuffering(Hypervisor.Options.StreamBuffer, Overflow: null, memory), isSparse);
}
