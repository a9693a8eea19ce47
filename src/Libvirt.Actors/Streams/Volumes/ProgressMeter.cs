namespace Libvirt.Streams;

/// <summary>Counts a transfer's bytes and tells whoever wants to know.</summary>
internal sealed class ProgressMeter(IProgress<TransferProgress>? progress, long? total, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>Bytes so far.</summary>
    public long Bytes { get; private set; }

    public void Add(long bytes)
    {
        Bytes += bytes;
        Report();
    }

    /// <summary>The transfer goes on from an earlier place.</summary>
    public void RewindTo(long bytes) => Bytes = bytes;

    private void Report()
    {
        if (progress is null)
            return;
        double seconds = time.GetElapsedTime(_began).TotalSeconds;
        progress.Report(new TransferProgress(Bytes, total, seconds > 0 ? Bytes / seconds : 0));
    }
}
