namespace Libvirt.TestKit;

/// <summary>
/// Finds out whether the thread pool has finished the work that it had begun. Continuations of asynchronous code run there without the
/// knowledge of any actor.
/// </summary>
/// <remarks>
/// A thread that does not become free for <see cref="StuckAfter"/> is taken to be blocked, and from then on is not waited for until it has
/// finished: waits of one test must not become slow because of what another one blocks. The count is shared by all tests of the process.
/// </remarks>
internal static class PoolThreads
{
    // Other tests of the process may keep the pool busy all the time. Then it has to suffice that all threads were free this many times,
    // which is the longest chain of continuations that is waited for.
    private const int GenerationsWhenBusy = 32;
    private const int YieldsBeforeFreeze = 3;

    private static readonly TimeSpan StuckAfter = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FreezeLimit = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SpinLimit = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan UnblockLimit = TimeSpan.FromMilliseconds(3);
    private static readonly SemaphoreSlim Turn = new(1);

    private static int s_stuck;
    private static int s_observers;

    /// <summary>The number of pool threads that are taken to be blocked.</summary>
    public static int Stuck => Volatile.Read(ref s_stuck);

    /// <summary>The number of pool threads that run work, apart from those that observe the pool here.</summary>
    public static int CountBusy()
    {
        ThreadPool.GetMaxThreads(out int max, out _);
        ThreadPool.GetAvailableThreads(out int available, out _);
        return max - available - Volatile.Read(ref s_observers);
    }

    /// <summary>Waits for a moment in which the pool has no work, apart from that of blocked threads.</summary>
    public static async ValueTask WhenQuietAsync()
    {
        if (IsQuietSoon())
            return;

        // When this runs on one of the pool's few threads, work may be waiting for just that thread.
        for (int i = 0; i < YieldsBeforeFreeze; i++)
        {
            await YieldAsync().ConfigureAwait(false);
            if (IsQuietSoon())
                return;
        }

        await Turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await FreezeUntilQuietAsync().ConfigureAwait(false);
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>
    /// Gives a blocked thread that the caller has just unblocked the time to wake up and finish; otherwise it would still be taken to be
    /// blocked. Returns at once when no thread is blocked.
    /// </summary>
    public static async ValueTask LetUnblockedContinueAsync()
    {
        if (Stuck == 0)
            return;
        long start = TimeProvider.System.GetTimestamp();
        while (!HasUnblocked() && TimeProvider.System.GetElapsedTime(start) < UnblockLimit)
            await Task.Delay(1).ConfigureAwait(false);

        static bool HasUnblocked()
        {
            using Observer observer = Observer.Enter();
            int stuck = Stuck;
            return CountBusy() < stuck;
        }
    }

    private static async ValueTask FreezeUntilQuietAsync()
    {
        int generations = 0;
        TimeSpan waited = TimeSpan.Zero;
        while (true)
        {
            Outcome outcome = Freeze(out int others, out TimeSpan elapsed);
            if (outcome == Outcome.Empty || (outcome == Outcome.Held && ++generations == GenerationsWhenBusy))
                return;
            if (outcome == Outcome.OthersRun && (waited += elapsed) >= StuckAfter)
                MarkStuck(others);
            await YieldAsync().ConfigureAwait(false);
            if (IsQuietSoon())
                return;
        }
    }

    private static Outcome Freeze(out int others, out TimeSpan elapsed)
    {
        long start = TimeProvider.System.GetTimestamp();
        using Observer observer = Observer.Enter();
        using var freeze = new PoolFreeze(Math.Max(ThreadPool.ThreadCount, Environment.ProcessorCount));
        var spin = new SpinWait();
        while (true)
        {
            others = freeze.CountOthers(out int held, out bool isEmpty);
            LowerStuck(others);
            elapsed = TimeProvider.System.GetElapsedTime(start);
            if (others <= Stuck && isEmpty)
                return Outcome.Empty;
            // Held threads have taken their item from behind all work that was queued before.
            if (others <= Stuck && held > 0)
                return Outcome.Held;
            if (elapsed > FreezeLimit)
                return Outcome.OthersRun;
            spin.SpinOnce();
        }
    }

    private static bool IsQuietSoon()
    {
        using Observer observer = Observer.Enter();
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

    // A worker counts as busy from before it takes work until after it has found none. So work that was begun before the first look is
    // seen by one of the three.
    private static bool IsQuiet()
    {
        if (ThreadPool.PendingWorkItemCount > 0)
            return false;
        int busy = CountBusy();
        LowerStuck(busy);
        return busy <= Stuck && ThreadPool.PendingWorkItemCount == 0;
    }

    private static void LowerStuck(int busy)
    {
        int stuck = Stuck;
        while (busy < stuck)
            stuck = Interlocked.CompareExchange(ref s_stuck, Math.Max(busy, 0), stuck) is int seen && seen == stuck ? busy : seen;
    }

    // The pool replaces a blocked worker only after half a second. With a higher minimum, the actors keep their threads.
    private static void MarkStuck(int others)
    {
        Interlocked.Exchange(ref s_stuck, others);
        ThreadPool.GetMinThreads(out int workers, out int completions);
        if (workers < Environment.ProcessorCount + others)
            ThreadPool.SetMinThreads(Environment.ProcessorCount + others, completions);
    }

    // Through the queue that all threads share, so behind the work that is there.
    private static Task YieldAsync() =>
        Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);

    /// <summary>Marks the calling thread, if it is one of the pool, as one that runs no other work. Must be left on the same thread.</summary>
    private readonly ref struct Observer(bool isPoolThread)
    {
        public static Observer Enter()
        {
            bool isPoolThread = Thread.CurrentThread.IsThreadPoolThread;
            if (isPoolThread)
                Interlocked.Increment(ref s_observers);
            return new Observer(isPoolThread);
        }

        public void Dispose()
        {
            if (isPoolThread)
                Interlocked.Decrement(ref s_observers);
        }
    }

    private enum Outcome
    {
        /// <summary>No thread ran work, and none was queued.</summary>
        Empty,

        /// <summary>No thread ran work, but some was queued.</summary>
        Held,

        /// <summary>Threads did not become free.</summary>
        OthersRun,
    }
}
