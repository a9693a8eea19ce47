using System.Runtime.CompilerServices;

namespace Libvirt.Streams;

/// <summary>
/// Writes a volume for a sink, which is opened with the first element: an upstream that fails before touches nothing. It cannot go back to what has passed, so a
/// lost connection ends it.
/// </summary>
internal sealed class UploadWriter(StorageVolume volume, TransferOptions options, bool isSparse, TransferControl control, CancellationToken cancellationToken)
    : IElementWriter<ReadOnlyMemory<byte>>, IElementWriter<VolumeSection>
{
    private readonly ProgressMeter _meter = new(options.Progress, options.Length, volume.Hypervisor.Time);
    private VolumeUpload? _upload;

    public ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> element) => WriteAsync(VolumeSection.OfData(element));

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> WriteAsync(VolumeSection element)
    {
        VolumeUpload upload = _upload ??= await OpenAsync().ConfigureAwait(false);
        // What goes beyond the length is not wanted.
        long length = Math.Min(element.Length, options.Length - _meter.Bytes ?? long.MaxValue);
        if (element.IsHole)
            await upload.WriteHoleAsync(length, cancellationToken).ConfigureAwait(false);
        else
            await upload.WriteAsync(element.Data[..(int)length], cancellationToken).ConfigureAwait(false);
        control.Add(length);
        _meter.Add(length);
        return _meter.Bytes != options.Length;
    }

    public async ValueTask<bool> CompleteAsync()
    {
        _upload ??= await OpenAsync().ConfigureAwait(false);
        await _upload.CompleteAsync(cancellationToken).ConfigureAwait(false);
        if (options.Length is { } expected && _meter.Bytes < expected)
            throw new EndOfStreamException($"The graph ended after {_meter.Bytes} of {expected} bytes for the volume '{volume.Name}'.");
        return true;
    }

    public ValueTask DisposeAsync() => _upload?.DisposeAsync() ?? default;

    private async ValueTask<VolumeUpload> OpenAsync()
    {
        control.Began(volume.Hypervisor.Uri, StorageVolume.Upload);
        return await volume.OpenUploadAsync(options.Offset, 0, isSparse ? StorageVolUploadFlags.SparseStream : 0, cancellationToken).ConfigureAwait(false);
    }
}
