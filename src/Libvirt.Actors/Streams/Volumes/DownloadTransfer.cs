namespace Libvirt.Streams;

/// <summary>One download into a target.</summary>
internal sealed class DownloadTransfer(StorageVolume volume, TransferOptions options, ITransferTarget target, bool isSparse)
{
    // A part of the stream's buffer by default, so that more comes while it is written.
    private const int MostAtOnce = 1024 * 1024;

    public async ValueTask<long> RunAsync(CancellationToken cancellationToken)
    {
        DownloadBatches batches = new(volume, options, isSparse, MostAtOnce, memory: null);
        await foreach (SectionBatch batch in batches.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (batch.Hole > 0)
                target.Skip(batch.Hole);
            else
                await target.WriteAsync(batch.Data, cancellationToken).ConfigureAwait(false);
        }

        target.End();
        return batches.Bytes;
    }
}
