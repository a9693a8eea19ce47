namespace Libvirt.Streams;

/// <summary>
/// One upload from its first byte to its last, over as many connections as it takes. It goes in parts, each a stream of its own that the daemon
/// acknowledges: what of an unfinished part reached the disk, nobody knows, so a lost one is sent again from its beginning.
/// </summary>
internal sealed class UploadTransfer(StorageVolume volume, TransferOptions options, ITransferSource source)
{
    private const long PartSize = 256 * 1024 * 1024;

    private readonly ProgressMeter _meter = new(options.Progress, options.Length ?? source.Length, volume.Hypervisor.Time);
    private readonly ResumePolicy _resume = new(volume.Hypervisor, options.Resume && source.CanRewind);
    private long _acknowledged;
    private bool _sourceEnded;

    public async ValueTask<long> RunAsync(CancellationToken cancellationToken)
    {
        while (!_sourceEnded && _acknowledged != options.Length)
        {
            try
            {
                await SendPartAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (LibvirtConnectionLostException) when (_resume.MayGoOn(_acknowledged))
            {
                source.RewindTo(_acknowledged);
                _sourceEnded = false;
                _meter.RewindTo(_acknowledged);
                await _resume.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        if (options.Length is { } expected && _acknowledged < expected)
            throw new EndOfStreamException($"The source ended after {_acknowledged} of {expected} bytes.");
        return _acknowledged;
    }

    private async ValueTask SendPartAsync(CancellationToken cancellationToken)
    {
        VolumeUpload upload = await volume.OpenUploadAsync(
            options.Offset + _acknowledged, 0, source.IsSparse ? StorageVolUploadFlags.SparseStream : 0, cancellationToken).ConfigureAwait(false);
        await using (upload.ConfigureAwait(false))
        {
            await SendSectionsAsync(upload, cancellationToken).ConfigureAwait(false);
            await upload.CompleteAsync(cancellationToken).ConfigureAwait(false);
            _acknowledged = _meter.Bytes;
        }
    }

    private async ValueTask SendSectionsAsync(VolumeUpload upload, CancellationToken cancellationToken)
    {
        for (long data = 0; data < PartSize && _meter.Bytes != options.Length;)
        {
            VolumeSection section = await source.ReadAsync(options.Length - _meter.Bytes ?? long.MaxValue, cancellationToken).ConfigureAwait(false);
            _sourceEnded = section.Length == 0;
            if (_sourceEnded)
                return;
            if (section.IsHole)
                await upload.WriteHoleAsync(section.Length, cancellationToken).ConfigureAwait(false);
            else
                await upload.WriteAsync(section.Data, cancellationToken).ConfigureAwait(false);
            data += section.Data.Length;
            _meter.Add(section.Length);
        }
    }
}
