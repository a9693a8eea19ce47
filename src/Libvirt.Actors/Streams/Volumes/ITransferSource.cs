namespace Libvirt.Streams;

/// <summary>Where an upload's sections come from, one behind the other.</summary>
internal interface ITransferSource
{
    /// <summary>How many bytes there are; null when nobody knows.</summary>
    long? Length { get; }

    /// <summary>Whether it may have holes.</summary>
    bool IsSparse { get; }

    /// <summary>Whether it can go back.</summary>
    bool CanRewind { get; }

    /// <summary>The next section, of at most <paramref name="limit"/> bytes, its data in <paramref name="buffer"/>; of length 0 at the end.</summary>
    ValueTask<VolumeSection> ReadAsync(Memory<byte> buffer, long limit, CancellationToken cancellationToken);

    /// <summary>Goes back to where so many bytes had been read.</summary>
    void RewindTo(long read);
}
