namespace Libvirt.Streams;

/// <summary>One download from its first byte to its last, over as many connections as it takes.</summary>
internal sealed class DownloadTransfer(StorageVolume volume, TransferOptions options, ITransferTarget target, bool isSparse)
{
    // A part of the stream's buffer by default, so that more comes while it is written.
    private const int MostAtOnce = 1024 * 1024;

    private readonly ResumePolicy _resume = new(volume.Hypervisor, options.Resume);
    private ProgressMeter _meter = null!;

    public async ValueTask<long> RunAsync(CancellationToken cancellationToken)
    {
        long? total = options.Length ?? (options.Progress is null ? null : await AskSizeAsync(cancellationToken).ConfigureAwait(false));
        _meter = new ProgressMeter(options.Progress, total, volume.Hypervisor.Time);
        while (true)
        {
            try
            {
                await CopyAsync(cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (LibvirtConnectionLostException) when (_resume.MayGoOn(_meter.Bytes))
            {
                await _resume.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        if (options.Length is { } expected && _meter.Bytes < expected)
            throw new EndOfStreamException($"The volume '{volume.Name}' ended after {_meter.Bytes} of {expected} bytes.");
        target.End();
        return _meter.Bytes;
    }

    /// <summary>How many bytes there are to come, for whoever follows the progress; null where the daemon does not say.</summary>
    private async ValueTask<long?> AskSizeAsync(CancellationToken cancellationToken)
    {
        try
        {
            StorageVolumeInfo info = await volume.GetInfoFlagsAsync(StorageVolInfoFlags.GetPhysical, cancellationToken: cancellationToken).ConfigureAwait(false);
            return Math.Max(0, (long)info.Allocation - options.Offset);
        }
        catch (LibvirtRemoteException)
        {
            return null;
        }
    }

    private async ValueTask CopyAsync(CancellationToken cancellationToken)
    {
        long rest = options.Length is { } length ? length - _meter.Bytes : 0;
        if (options.Length is not null && rest == 0)
            return;
        VolumeDownload download = await volume.OpenDownloadAsync(
            options.Offset + _meter.Bytes, rest, isSparse ? StorageVolDownloadFlags.SparseStream : 0, cancellationToken).ConfigureAwait(false);
        await using (download.ConfigureAwait(false))
        {
            await foreach (SectionBatch batch in download.ReadBatchesAsync(MostAtOnce, cancellationToken).ConfigureAwait(false))
            {
                if (batch.Hole > 0)
                    target.Skip(batch.Hole);
                else
                    await target.WriteAsync(batch.Data, cancellationToken).ConfigureAwait(false);
                _meter.Add(batch.Length);
            }
        }
    }
}
