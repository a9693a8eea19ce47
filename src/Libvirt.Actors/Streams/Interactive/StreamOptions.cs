namespace Libvirt.Streams;

/// <summary>Settings of an interactive stream. Checked when they are set.</summary>
public sealed record StreamOptions
{
    private readonly int _bufferSize = 256 * 1024;

    /// <summary>Every setting at its default.</summary>
    public static StreamOptions Default { get; } = new();

    /// <summary>How many bytes may wait for the reader before <see cref="Overflow"/> decides. Default 256 KiB; 4 KiB or more.</summary>
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
    /// What happens when the buffer is full. The stream shares its connection with calls and events, which must not wait for its reader. Default
    /// <see cref="StreamOverflow.Abort"/>.
    /// </summary>
    public StreamOverflow Overflow { get; init; } = StreamOverflow.Abort;
}
