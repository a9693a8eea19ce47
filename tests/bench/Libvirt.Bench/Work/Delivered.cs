namespace Libvirt.Bench.Work;

/// <summary>Counts what all subscribers got, and lets the next burst come when each of them is through with an earlier one.</summary>
/// <param name="subscribers">How many there are.</param>
/// <param name="share">How many events of a burst each of them gets.</param>
/// <param name="burstsAhead">How many bursts may be under way.</param>
internal sealed class Delivered(int subscribers, int share, int burstsAhead)
{
    private readonly List<SubscriberCount> _counts = [];
    private readonly SemaphoreSlim _room = new(burstsAhead);
    // By the burst's number: how many subscribers are through with it. One is sent only when an earlier one is done, so few are under way at once.
    private readonly int[] _done = new int[burstsAhead + 1];

    public SubscriberCount Subscriber()
    {
        SubscriberCount count = new(share, ShareDone);
        _counts.Add(count);
        return count;
    }

    public Task WaitForRoomAsync() => _room.WaitAsync();

    /// <summary>What was delivered and what was dropped so far.</summary>
    public (long Count, long Dropped) Read() => (_counts.Sum(count => count.Count), _counts.Sum(count => count.Dropped));

    private void ShareDone(long burst)
    {
        ref int done = ref _done[burst % _done.Length];
        if (Interlocked.Increment(ref done) == subscribers)
        {
            Volatile.Write(ref done, 0);
            _room.Release();
        }
    }
}
