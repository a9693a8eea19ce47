namespace Libvirt.Streams;

/// <summary>Settings of an interactive stream. Checked when they are set.</summary>
public sealed record StreamOptions
{
    private readonly int _bufferSize = 256 * 1024;

    /// <summary>Every setting at its default.</summary>
    public static StreamOptions Default { get; } = new();

    /// <summary>How many bytes may wait for the reader before <see cref="Overflow"/> decides what happens. Default 256 KiB; 4 KiB or more.</summary>
    public int BufferSize
    {
        get => _bufferSize;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 4096, nameof(BufferSize));
            _bufferSize = value;
        }
    }

    /// <summary>
    /// Whether the stream goes over the hypervisor's own connection, beside calls and events. Default false: it has one of its own, up to
    /// <see cref="HypervisorOptions.MaxInteractiveConnections"/>. A daemon stops reading a client altogether when a few packets that a guest does not read
    /// wait in it, so share the connection only where much is read and little written, such as for the output of many guests.
    /// </summary>
    public bool SharesConnection { get; init; }

    /// <summary>
    /// What happens when the buffer is full. Null, the default: on a connection of its own nothing is lost, since the socket is read no further until the
    /// reader has made room; on the shared one, where calls and events must not wait for a reader, the stream is aborted.
    /// </summary>
    public StreamOverflow? Overflow { get; init; }
}
