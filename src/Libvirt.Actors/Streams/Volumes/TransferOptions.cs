namespace Libvirt.Streams;

/// <summary>Settings of a transfer to or from a volume. Checked when they are set.</summary>
public sealed record TransferOptions
{
    private readonly long _offset;
    private readonly long? _length;

    /// <summary>Every setting at its default.</summary>
    public static TransferOptions Default { get; } = new();

    /// <summary>Where in the volume the transfer begins, in bytes. Default 0.</summary>
    public long Offset
    {
        get => _offset;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Offset));
            _offset = value;
        }
    }

    /// <summary>
    /// How many bytes are transferred; null for all there are. A transfer that ends with fewer fails with <see cref="EndOfStreamException"/>.
    /// </summary>
    public long? Length
    {
        get => _length;
        init
        {
            if (value is { } length)
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length, nameof(Length));
            _length = value;
        }
    }

    /// <summary>
    /// Whether a transfer goes on where it was when its connection was lost, as soon as the hypervisor is connected again. An upload can only where its
    /// source can seek. Default true.
    /// </summary>
    public bool Resume { get; init; } = true;

    /// <summary>
    /// Whether the file of <see cref="StorageVolume.DownloadToFileAsync"/> must be new: if it exists, the download fails with <see cref="IOException"/>, and a
    /// symbolic link is not followed. Default false: an existing file is overwritten, a link is followed to its target. The mode of a new file is 0666 without the
    /// bits of the process's umask.
    /// </summary>
    public bool Exclusive { get; init; }

    /// <summary>Is told of each step, on the transfer's own thread; keep it short. None by default.</summary>
    public IProgress<TransferProgress>? Progress { get; init; }
}
