namespace Libvirt.Streams;

/// <summary>Where an upload's sections come from, one behind the other. Disposed with the upload; its memory is nobody's any longer then.</summary>
internal interface ITransferSource : IDisposable
{
    /// <summary>How many bytes there are; null when nobody knows.</summary>
    long? Length { get; }

    /// <summary>Whether it may have holes.</summary>
    bool IsSparse { get; }

    /// <summary>Whether it can go back.</summary>
    bool CanRewind { get; }

    /// <summary>
    /// The next section, of at most <paramref name="limit"/> bytes, and of one packet's where it is data; of length 0 at the end. Its memory is the reader's
    /// until it asks for the next.
    /// </summary>
    ValueTask<VolumeSection> ReadAsync(long limit, CancellationToken cancellationToken);

    /// <summary>Goes back to where so many bytes had been read.</summary>
    void RewindTo(long read);
}
