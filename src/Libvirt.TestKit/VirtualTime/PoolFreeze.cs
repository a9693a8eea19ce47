namespace Libvirt.TestKit;

/// <summary>
/// Holds the threads of the pool for a moment: each thread that becomes free takes a work item that waits, so no new work begins until
/// the object is disposed.
/// </summary>
internal sealed class PoolFreeze : IDisposable
{
    private readonly ManualResetEventSlim _released = new(false, spinCount: 0);
    private readonly int _posted;
    private int _held;

    /// <summary>Begins to hold threads.</summary>
    /// <param name="threads">The largest number of threads to hold.</param>
    public PoolFreeze(int threads)
    {
        _posted = threads;
        for (int i = 0; i < threads; i++)
            ThreadPool.UnsafeQueueUserWorkItem(static freeze => freeze.Hold(), this, preferLocal: false);
    }

    /// <summary>The number of pool threads that run work and are neither held nor observe the pool.</summary>
    /// <param name="held">The number of threads that are held.</param>
    /// <param name="isEmpty">Whether no work is queued behind the held threads.</param>
    public int CountOthers(out int held, out bool isEmpty)
    {
        // In this order: a thread that is held in between is counted as one of the others, never the other way round.
        held = Volatile.Read(ref _held);
        int others = PoolThreads.CountBusy() - held;
        long pending = ThreadPool.PendingWorkItemCount;
        isEmpty = Volatile.Read(ref _held) == held && pending <= _posted - held;
        return others;
    }

    /// <summary>Lets the threads continue.</summary>
    public void Dispose() => _released.Set();

    private void Hold()
    {
        if (_released.IsSet)
            return;
        Interlocked.Increment(ref _held);
        _released.Wait();
    }
}
