namespace Libvirt.Streams;

/// <summary>
/// New content on its way into a volume as data and holes, on a connection of its own. A write ends when the socket has taken what was written before.
/// One may write at a time. What is not completed is aborted: the volume then holds a part of the content.
/// </summary>
public sealed class SparseWriter : IAsyncDisposable
{
    private readonly StreamPort _port;

    internal SparseWriter(StreamPort port) => _port = port;

    /// <summary>Ends with the stream: in success when the daemon has written all, canceled when it was disposed, else with what went wrong.</summary>
    public Task Completion => _port.Completion;

    /// <summary>Writes data at the place that has been reached. The memory is the caller's again when this ends.</summary>
    /// <param name="data">Any number of bytes.</param>
    /// <param name="cancellationToken">Ends the waiting; a part of the data may have been sent.</param>
    /// <exception cref="LibvirtException">The daemon ended the upload, for instance because the disk is full, or the connection was lost.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) => _port.WriteAsync(data, cancellationToken);

    /// <summary>Writes a hole: zeros that take no space where the volume's storage has such.</summary>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="cancellationToken">Ends the waiting; the hole was not sent then.</param>
    /// <exception cref="LibvirtException">As for data.</exception>
    public ValueTask WriteHoleAsync(long length, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return _port.WriteHoleAsync(length, cancellationToken);
    }

    /// <summary>Writes what a <see cref="SparseReader"/> gave out. The memory of a section is its owner's again when this ends.</summary>
    /// <param name="section">Data or a hole.</param>
    /// <param name="cancellationToken">Ends the waiting; a part of the data may have been sent.</param>
    /// <exception cref="LibvirtException">As for data.</exception>
    public ValueTask WriteAsync(VolumeSection section, CancellationToken cancellationToken = default) =>
        section.IsHole ? _port.WriteHoleAsync(section.Length, cancellationToken) : _port.WriteAsync(section.Data, cancellationToken);

    /// <summary>Says that all is written and waits until the daemon has written it. Serves <c>virStreamFinish</c>.</summary>
    /// <param name="cancellationToken">Gives up the waiting; dispose the writer then.</param>
    /// <exception cref="LibvirtException">The daemon could not write all of it, or the connection was lost.</exception>
    public ValueTask CompleteAsync(CancellationToken cancellationToken = default) => _port.FinishAsync(cancellationToken);

    /// <summary>Ends the transfer: aborts it unless it was completed, and returns when the daemon has acknowledged that.</summary>
    public ValueTask DisposeAsync() => _port.AbandonAsync();
}
