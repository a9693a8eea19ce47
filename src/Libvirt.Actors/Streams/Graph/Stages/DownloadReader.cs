using System.Runtime.CompilerServices;

namespace Libvirt.Streams;

/// <summary>Reads a volume for a source, over as many connections as it takes, into memory that its elements keep.</summary>
internal sealed class DownloadReader(StorageVolume volume, TransferOptions options)
{
    /// <summary>The data, holes as zeros.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> DataAsync(
        TransferControl control, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        control.Began(volume.Hypervisor.Uri, StorageVolume.Download);
        DownloadBatches batches = new(volume, options, isSparse: false, PortSteps.MostAtOnce, FreshMemory.Pool);
        await foreach (ReadOnlyMemory<byte> data in PortSteps.DataOf(batches.ReadAsync(cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            control.Add(data.Length);
            yield return data;
        }
    }

    /// <summary>The data and the holes.</summary>
    public async IAsyncEnumerable<VolumeSection> SectionsAsync(
        TransferControl control, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        control.Began(volume.Hypervisor.Uri, StorageVolume.Download);
        DownloadBatches batches = new(volume, options, isSparse: true, PortSteps.MostAtOnce, FreshMemory.Pool);
        await foreach (VolumeSection section in PortSteps.SectionsOf(batches.ReadAsync(cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            control.Add(section.Length);
            yield return section;
        }
    }
}
