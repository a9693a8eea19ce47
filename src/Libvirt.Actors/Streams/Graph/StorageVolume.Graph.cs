using Akka.Streams.Dsl;
using Libvirt.Streams;

namespace Libvirt;

public sealed partial class StorageVolume
{
    /// <summary>
    /// The volume's content, or a part of it, as a source: holes as zeros. Each materialisation is a download of its own, opened with the first demand. While
    /// there is no demand, the socket is not read. Serves <c>virStorageVolDownload</c>.
    /// </summary>
    /// <param name="options">Which part, and how; all of it when null. Resumes at its offset when the connection is lost, as <see cref="DownloadAsync"/> does.</param>
    /// <returns>
    /// Elements of up to 64 KiB, whose memory is the consumer's for good: buffers, asynchronous boundaries and <c>SelectAsync</c> may keep them. Fails with
    /// <see cref="LibvirtException"/>, or with <see cref="EndOfStreamException"/> where the volume holds fewer bytes than <see cref="TransferOptions.Length"/>.
    /// Cancelling it aborts the download.
    /// </returns>
    public Source<ReadOnlyMemory<byte>, TransferControl> DownloadSource(TransferOptions? options = null) =>
        Source.FromGraph(new ReadingStage<ReadOnlyMemory<byte>, TransferControl>(
            "libvirt-download",
            static () => new TransferControl(),
            (control, token) => new DownloadReader(this, options ?? TransferOptions.Default).DataAsync(control, token)));

    /// <summary>The same as data and holes: holes are transferred as lengths.</summary>
    /// <inheritdoc cref="DownloadSource"/>
    public Source<VolumeSection, TransferControl> SparseDownloadSource(TransferOptions? options = null) =>
        Source.FromGraph(new ReadingStage<VolumeSection, TransferControl>(
            "libvirt-sparse-download",
            static () => new TransferControl(),
            (control, token) => new DownloadReader(this, options ?? TransferOptions.Default).SectionsAsync(control, token)));

    /// <summary>
    /// A sink that writes into the volume. Each materialisation is an upload of its own, opened with the first element, or with the end of its input. The next
    /// element is requested when the socket has accepted all before the last one. Serves <c>virStorageVolUpload</c>.
    /// </summary>
    /// <param name="length">
    /// How many bytes are written; null for as many as arrive. The sink then completes and cancels its input; with fewer it fails with
    /// <see cref="EndOfStreamException"/>.
    /// </param>
    /// <param name="options">
    /// The offset and the progress. A lost connection fails the sink even with <see cref="TransferOptions.Resume"/>: a graph cannot go back.
    /// </param>
    /// <returns>
    /// The sink, for elements of any size. An element's memory is used until the sink requests the next one or has ended. Its failure, or that of its input,
    /// aborts the upload; the volume then holds a part. <see cref="StreamControl.Completion"/> succeeds when the daemon has written all.
    /// </returns>
    public Sink<ReadOnlyMemory<byte>, TransferControl> UploadSink(long? length = null, TransferOptions? options = null) =>
        Sink.FromGraph(new WritingStage<ReadOnlyMemory<byte>, TransferControl>(
            "libvirt-upload", static () => new TransferControl(), UploadWriters(length, options, isSparse: false)));

    /// <summary>The same for data and holes. A hole leaves what the volume held there as it was.</summary>
    /// <inheritdoc cref="UploadSink"/>
    public Sink<VolumeSection, TransferControl> SparseUploadSink(long? length = null, TransferOptions? options = null) =>
        Sink.FromGraph(new WritingStage<VolumeSection, TransferControl>(
            "libvirt-sparse-upload", static () => new TransferControl(), UploadWriters(length, options, isSparse: true)));

    private Func<TransferControl, CancellationToken, UploadWriter> UploadWriters(long? length, TransferOptions? options, bool isSparse)
    {
        options ??= TransferOptions.Default;
        if (length is not null)
            options = options with { Length = length };
        return (control, token) => new UploadWriter(this, options, isSparse, control, token);
    }
}
