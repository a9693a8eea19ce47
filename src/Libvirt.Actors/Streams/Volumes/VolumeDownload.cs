using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Libvirt.Streams;

/// <summary>
/// The content of a volume as it comes, on a connection of its own: while nobody reads, the socket is not read either, and no more than
/// <see cref="HypervisorOptions.StreamBuffer"/> bytes wait here. One may read at a time, through one of its surfaces.
/// </summary>
public sealed class VolumeDownload : IAsyncDisposable
{
    private readonly StreamPort _port;

    internal VolumeDownload(StreamPort port) => _port = port;

    /// <summary>
    /// The data. Its memory is the reader's until <see cref="PipeReader.AdvanceTo(SequencePosition)"/>. It fails with
    /// <see cref="LibvirtRemoteException"/> or <see cref="LibvirtConnectionLostException"/>, after everything that had come before. Of a sparse download
    /// it leaves the holes out; read <see cref="ReadSectionsAsync"/> there.
    /// </summary>
    public PipeReader Reader => _port.Input;

    /// <summary>Ends with the stream: in success when all has come, canceled when it was disposed, else with what went wrong.</summary>
    public Task Completion => _port.Completion;

    /// <summary>The data as a <see cref="Stream"/>. Disposing that does not end the download.</summary>
    public Stream AsStream() => Reader.AsStream(leaveOpen: true);

    /// <summary>The data in pieces. The memory of a piece is the reader's until it asks for the next.</summary>
    /// <param name="cancellationToken">Gives up the waiting; the download can be read on.</param>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (VolumeSection section in ReadSectionsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!section.IsHole)
                yield return section.Data;
        }
    }

    /// <summary>The data and the holes of a sparse download, in their order. The memory of a section is the reader's until it asks for the next.</summary>
    /// <param name="cancellationToken">Gives up the waiting; the download can be read on.</param>
    public IAsyncEnumerable<VolumeSection> ReadSectionsAsync(CancellationToken cancellationToken = default) => _port.ReadSectionsAsync(cancellationToken);

    /// <inheritdoc cref="StreamPort.ReadBatchesAsync"/>
    internal IAsyncEnumerable<SectionBatch> ReadBatchesAsync(int most, CancellationToken cancellationToken) => _port.ReadBatchesAsync(most, cancellationToken);

    /// <summary>
    /// Ends the download: aborts it unless all has come, and returns when the daemon has acknowledged that. The connection is used again.
    /// </summary>
    public ValueTask DisposeAsync() => _port.AbandonAsync();
}
