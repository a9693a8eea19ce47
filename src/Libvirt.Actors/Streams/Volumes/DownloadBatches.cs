using System.Buffers;
using System.Runtime.CompilerServices;

namespace Libvirt.Streams;

/// <summary>The content of one download from its first byte to its last, batch by batch, over as many connections as it takes.</summary>
/// <param name="volume">The volume.</param>
/// <param name="options">Which part of it, and how.</param>
/// <param name="isSparse">Whether holes are transferred as lengths.</param>
/// <param name="most">The most bytes of one batch.</param>
/// <param name="memory">Where the bytes wait; null for memory that is recycled when the next batch is requested.</param>
internal sealed class DownloadBatches(StorageVolume volume, TransferOptions options, bool isSparse, int most, MemoryPool<byte>? memory)
{
    private readonly ResumePolicy _resume = new(volume.Hypervisor, options.Resume);
    private ProgressMeter _meter = null!;
    private bool _isLost;

    /// <summary>How many bytes of the volume have been transferred, holes included.</summary>
    public long Bytes => _meter.Bytes;

    /// <summary>The batches. To be read once; the memory of one is the reader's until it requests the next, unless <c>memory</c> states otherwise.</summary>
    /// <exception cref="EndOfStreamException">The volume holds fewer bytes than wanted.</exception>
    public async IAsyncEnumerable<SectionBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long? total = options.Length ?? (options.Progress is null ? null : await AskSizeAsync(cancellationToken).ConfigureAwait(false));
        _meter = new ProgressMeter(options.Progress, total, volume.Hypervisor.Time);
        while (_meter.Bytes != options.Length)
        {
            _isLost = false;
            if (await TryOpenAsync(cancellationToken).ConfigureAwait(false) is { } download)
            {
                await using (download.ConfigureAwait(false))
                {
                    IAsyncEnumerator<SectionBatch> batches = download.ReadBatchesAsync(most, cancellationToken).GetAsyncEnumerator(cancellationToken);
                    await using (batches.ConfigureAwait(false))
                    {
                        while (await TryMoveAsync(batches).ConfigureAwait(false))
                        {
                            yield return batches.Current;
                            _meter.Add(batches.Current.Length);
                        }
                    }
                }
            }

            if (!_isLost)
                break;
            await _resume.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        if (options.Length is { } expected && _meter.Bytes < expected)
            throw new EndOfStreamException($"The volume '{volume.Name}' ended after {_meter.Bytes} of {expected} bytes.");
    }

    /// <summary>The total number of bytes, for progress reports; null if the daemon does not state it.</summary>
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

    /// <summary>Opens the rest of the download; null when the connection was lost and another one is to be waited for.</summary>
    private async ValueTask<VolumeDownload?> TryOpenAsync(CancellationToken cancellationToken)
    {
        long rest = options.Length - _meter.Bytes ?? 0;
        try
        {
            return await volume.OpenDownloadAsync(
                options.Offset + _meter.Bytes, rest, isSparse ? StorageVolDownloadFlags.SparseStream : 0, memory, cancellationToken).ConfigureAwait(false);
        }
        catch (LibvirtConnectionLostException) when (_resume.MayGoOn(_meter.Bytes))
        {
            _isLost = true;
            return null;
        }
    }

    /// <summary>The next batch of the present connection; false at its end, also when it was lost and another one is to be waited for.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> TryMoveAsync(IAsyncEnumerator<SectionBatch> batches)
    {
        try
        {
            return await batches.MoveNextAsync().ConfigureAwait(false);
        }
        catch (LibvirtConnectionLostException) when (_resume.MayGoOn(_meter.Bytes))
        {
            _isLost = true;
            return false;
        }
    }
}
