namespace Libvirt.TestKit;

/// <summary>
/// Counts the threads of the thread pool that run work, and remembers how many of them are blocked. The counts are those of the process,
/// shared by all tests.
/// </summary>
internal static class PoolThreads
{
    private static readonly TimeSpan SpinLimit = TimeSpan.FromMicroseconds(100);

    // The number of observers in the lower half, and how often it has changed in the upper half.
    private const long ObserverEnters = (1L << 32) + 1;
    private const long ObserverLeaves = (1L << 32) - 1;

    private static int s_stuck;
    private static long s_observers;

    /// <summary>The number of threads that are taken to be blocked.</summary>
    public static int Stuck => Volatile.Read(ref s_stuck);

    /// <summary>The number of threads that run work, apart from those that observe the pool themselves.</summary>
    public static int CountBusy()
    {
        while (true)
        {
            // Both numbers have to be of the same moment. Otherwise a thread that begins to observe in between is missing in the result.
            long observers = Interlocked.Read(ref s_observers);
            ThreadPool.GetMaxThreads(out int max, out _);
            ThreadPool.GetAvailableThreads(out int available, out _);
            if (Interlocked.Read(ref s_observers) == observers)
                return max - available - (int)(uint)observers;
        }
    }

    /// <summary>True when the pool has no work, apart from that of blocked threads, now or within a fraction of a millisecond.</summary>
    public static bool IsQuietSoon()
    {
        using Observer observer = Observe();
        long start = TimeProvider.System.GetTimestamp();
        var spin = new SpinWait();
        while (!IsQuiet())
        {
            if (TimeProvider.System.GetElapsedTime(start) > SpinLimit)
                return false;
            spin.SpinOnce(sleep1Threshold: -1);
        }

        return true;
    }

    /// <summary>Marks the calling thread, if it is one of the pool, as one that runs no other work. Dispose the result on the same thread.</summary>
    public static Observer Observe()
    {
        bool isPoolThread = Thread.CurrentThread.IsThreadPoolThread;
        if (isPoolThread)
            Interlocked.Add(ref s_observers, ObserverEnters);
        return new Observer(isPoolThread);
    }

    /// <summary>Takes so many threads to be blocked from now on.</summary>
    public static void MarkStuck(int threads)
    {
        Interlocked.Exchange(ref s_stuck, threads);

        // The pool replaces a blocked thread only after half a second. With a higher minimum, the actors keep their threads.
        ThreadPool.GetMinThreads(out int workers, out int completions);
        if (workers < Environment.ProcessorCount + threads)
            ThreadPool.SetMinThreads(Environment.ProcessorCount + threads, completions);
    }

    /// <summary>Corrects <see cref="Stuck"/> when fewer threads than that are busy, so some of them have finished.</summary>
    public static void LowerStuck(int busy)
    {
        int stuck = Stuck;
        while (busy < stuck)
        {
            int seen = Interlocked.CompareExchange(ref s_stuck, Math.Max(busy, 0), stuck);
            if (seen == stuck)
                return;
            stuck = seen;
        }
    }

    // A thread counts as busy from before it takes work until after it has found none. So work that had begun before the first of these
    // three looks is seen by one of them.
    private static bool IsQuiet()
    {
        if (ThreadPool.PendingWorkItemCount > 0)
            return false;
        int busy = CountBusy();
        LowerStuck(busy);
        return busy <= Stuck && ThreadPool.PendingWorkItemCount == 0;
    }

    /// <summary>The time in which a thread observes the pool.</summary>
    internal readonly ref struct Observer(bool isPoolThread)
    {
        public void Dispose()
        {
            if (isPoolThread)
                Interlocked.Add(ref s_observers, ObserverLeaves);
        }
    }
}
