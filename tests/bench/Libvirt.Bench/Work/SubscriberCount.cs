namespace Libvirt.Bench.Work;

/// <summary>What one subscriber got. Written by it alone, read by anybody.</summary>
/// <param name="share">How many events of a burst are its own.</param>
/// <param name="shareDone">Called with a burst's number when it is through with it.</param>
internal sealed class SubscriberCount(long share, Action<long> shareDone)
{
    private readonly long _share = share;
    private long _count;
    private long _dropped;
    private long _left = share;
    private long _bursts;

    public long Count => Volatile.Read(ref _count);

    public long Dropped => Volatile.Read(ref _dropped);

    public void Add(long count, long dropped)
    {
        Volatile.Write(ref _count, _count + count);
        Volatile.Write(ref _dropped, _dropped + dropped);
        for (_left -= count + dropped; _left <= 0; _left += _share)
            shareDone(_bursts++);
    }
}
