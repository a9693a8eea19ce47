using Libvirt.Diagnostics;
using Libvirt.Streams;
using Microsoft.Win32.SafeHandles;

namespace Libvirt;

public sealed partial class StorageVolume
{
    // The names of their activities.
    internal const string Download = "libvirt/download";
    internal const string Upload = "libvirt/upload";

    /// <summary>
    /// Downloads the volume's content, or a part of it, into a stream. Goes on where it was when the connection is lost meanwhile and made again.
    /// </summary>
    /// <param name="destination">Where the bytes go, from its present place on. It is neither flushed nor disposed.</param>
    /// <param name="options">Which part, and how; all of it when null.</param>
    /// <param name="cancellationToken">Aborts the download; the destination then holds a part.</param>
    /// <returns>How many bytes came.</returns>
    /// <exception cref="EndOfStreamException">The volume holds fewer bytes than <see cref="TransferOptions.Length"/>.</exception>
    /// <exception cref="LibvirtException">The download failed; its subclasses say how.</exception>
    public ValueTask<long> DownloadAsync(Stream destination, TransferOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        DownloadTransfer transfer = new(this, options ?? TransferOptions.Default, new StreamTarget(destination), isSparse: false);
        return TransferTelemetry.ObserveWhereOnAsync(Hypervisor.Uri, Download, () => transfer.RunAsync(cancellationToken));
    }

    /// <summary>
    /// Downloads the volume's content, or a part of it, into a file, without its holes: they become holes of the file, wherever the file system has such.
    /// </summary>
    /// <param name="path">The file. It is created, or overwritten if it exists; see <see cref="TransferOptions.Exclusive"/>.</param>
    /// <param name="options">Which part, and how; all of it when null.</param>
    /// <param name="cancellationToken">Aborts the download; the file then holds a part.</param>
    /// <returns>How many bytes of the volume came, holes included.</returns>
    /// <exception cref="EndOfStreamException">The volume holds fewer bytes than <see cref="TransferOptions.Length"/>.</exception>
    /// <exception cref="IOException">The file cannot be written, or exists although <see cref="TransferOptions.Exclusive"/> is set.</exception>
    /// <exception cref="LibvirtException">The download failed; its subclasses say how.</exception>
    public async ValueTask<long> DownloadToFileAsync(string path, TransferOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= TransferOptions.Default;
        using SafeFileHandle file = File.OpenHandle(path, options.Exclusive ? FileMode.CreateNew : FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        DownloadTransfer transfer = new(this, options, new FileTarget(file), isSparse: true);
        return await TransferTelemetry.ObserveWhereOnAsync(Hypervisor.Uri, Download, () => transfer.RunAsync(cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>
    /// Uploads what a stream holds, from its present place to its end, into the volume. A source that can seek is gone back in when the connection is lost
    /// meanwhile and made again: the upload goes on behind the last part that the daemon has acknowledged.
    /// </summary>
    /// <param name="source">Where the bytes come from; its length need not be known. It is not disposed.</param>
    /// <param name="options">To where, and how; all of the source when null.</param>
    /// <param name="cancellationToken">Aborts the upload; the volume then holds a part.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="EndOfStreamException">The source holds fewer bytes than <see cref="TransferOptions.Length"/>.</exception>
    /// <exception cref="LibvirtException">The upload failed; its subclasses say how.</exception>
    public ValueTask<long> UploadAsync(Stream source, TransferOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return SendAsync(new StreamSource(source), options, cancellationToken);
    }

    /// <summary>
    /// Uploads a file into the volume, without its holes: the daemon is told of them, and they take no space in the volume where its storage has such.
    /// Goes on as <see cref="UploadAsync"/> does.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">To where, and how; all of the file when null.</param>
    /// <param name="cancellationToken">Aborts the upload; the volume then holds a part.</param>
    /// <returns>How many bytes of the volume were written, holes included.</returns>
    /// <exception cref="EndOfStreamException">The file holds fewer bytes than <see cref="TransferOptions.Length"/>.</exception>
    /// <exception cref="LibvirtException">The upload failed; its subclasses say how.</exception>
    public async ValueTask<long> UploadFromFileAsync(string path, TransferOptions? options = null, CancellationToken cancellationToken = default)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            // Devices, pipes and the kernel's own files do not tell how much they hold, and have no holes.
            ITransferSource source = file.CanSeek && file.Length > 0 ? new FileSource(file.SafeFileHandle) : new StreamSource(file);
            return await SendAsync(source, options, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<long> SendAsync(ITransferSource source, TransferOptions? options, CancellationToken cancellationToken)
    {
        using (source)
        {
            UploadTransfer transfer = new(this, options ?? TransferOptions.Default, source);
            return await TransferTelemetry.ObserveWhereOnAsync(Hypervisor.Uri, Upload, () => transfer.RunAsync(cancellationToken)).ConfigureAwait(false);
        }
    }
}
