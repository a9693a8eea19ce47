namespace Libvirt.Streams;

/// <summary>
/// The content of a volume as sections of data and holes, on a connection of its own. Holes come as lengths and are never allocated; of the data no more
/// than <see cref="HypervisorOptions.StreamBuffer"/> bytes wait here. One may read at a time.
/// </summary>
public sealed class SparseReader : IAsyncDisposable
{
    private readonly StreamPort _port;

    internal SparseReader(StreamPort port) => _port = port;

    /// <summary>Ends with the stream: in success when all has come, canceled when it was disposed, else with what went wrong.</summary>
    public Task Completion => _port.Completion;

    /// <summary>The next section, its data in the caller's memory.</summary>
    /// <param name="buffer">Where data goes; at least one byte. It is used until this ends, and not afterwards.</param>
    /// <param name="cancellationToken">Gives up the waiting; nothing is lost, and one can read on.</param>
    /// <returns>Data, as a part of <paramref name="buffer"/>, or a hole; of length 0 at the end of the volume.</returns>
    /// <exception cref="LibvirtException">The transfer failed; its subclasses say how. Everything that had come before was given out.</exception>
    public ValueTask<VolumeSection> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            throw new ArgumentException("There is no room for a section's data.", nameof(buffer));
        return _port.ReadSectionAsync(buffer, cancellationToken);
    }

    /// <summary>All sections in their order. The memory of one is the reader's until it asks for the next.</summary>
    /// <param name="cancellationToken">Gives up the waiting; one can read on.</param>
    /// <exception cref="LibvirtException">The transfer failed; its subclasses say how. Everything that had come before was given out.</exception>
    public IAsyncEnumerable<VolumeSection> ReadAllAsync(CancellationToken cancellationToken = default) => _port.ReadSectionsAsync(cancellationToken);

    /// <summary>
    /// Ends the transfer: aborts it unless all has come, and returns when the daemon has acknowledged that. The connection is used again.
    /// </summary>
    public ValueTask DisposeAsync() => _port.AbandonAsync();
}
