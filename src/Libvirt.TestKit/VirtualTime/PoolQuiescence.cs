namespace Libvirt.TestKit;

/// <summary>
/// Waits until the thread pool has finished the work that it had begun: continuations of asynchronous code run there without the
/// knowledge of any actor.
/// </summary>
/// <remarks>
/// A thread that does not become free for <see cref="StuckAfter"/> is taken to be blocked and is not waited for until it has finished:
/// what one test blocks must not slow down another one.
/// </remarks>
internal static class PoolQuiescence
{
    // Other tests of the process may keep the pool busy all the time. Then it has to suffice that all threads were free this many times,
    // which is also the longest chain of continuations that is waited for.
    private const int GenerationsWhenBusy = 32;
    private const int YieldsBeforeFreeze = 3;
    private const int DelaysForUnblocked = 3;
    private const int ThoroughLooks = 20;

    private static readonly TimeSpan StuckAfter = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FreezeLimit = TimeSpan.FromMilliseconds(50);

    // Two freezes at once would each wait for the threads that the other one holds.
    private static readonly SemaphoreSlim Turn = new(1);

    private static int s_looks;

    private enum Outcome
    {
        /// <summary>No thread ran work, and none was queued.</summary>
        Empty,

        /// <summary>No thread ran work, but some was queued.</summary>
        Queued,

        /// <summary>Some threads did not become free.</summary>
        Busy,
    }

    /// <summary>Waits for a moment in which the pool has no work, apart from that of blocked threads.</summary>
    public static async ValueTask WhenQuietAsync()
    {
        if (PoolThreads.IsQuietSoon())
            return;

        // When this runs on one of the pool's few threads, work may be waiting for just that thread.
        for (int i = 0; i < YieldsBeforeFreeze; i++)
        {
            await YieldAsync().ConfigureAwait(false);
            if (PoolThreads.IsQuietSoon())
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
    /// blocked. Returns at once when no thread is blocked, and after a few milliseconds when none wakes up.
    /// </summary>
    public static async ValueTask LetUnblockedContinueAsync()
    {
        if (HasUnblocked())
            return;

        // Delays rather than a fixed time: on a busy machine, the threads that end them wait for a processor as the unblocked one does. A
        // thread that stays blocked for long gets less of them.
        int delays = Interlocked.Increment(ref s_looks) <= ThoroughLooks ? DelaysForUnblocked : 1;
        for (int i = 0; i < delays && !HasUnblocked(); i++)
            await Task.Delay(1).ConfigureAwait(false);

        static bool HasUnblocked()
        {
            using PoolThreads.Observer observer = PoolThreads.Observe();
            int stuck = PoolThreads.Stuck;
            return stuck == 0 || PoolThreads.CountBusy() < stuck;
        }
    }

    private static async ValueTask FreezeUntilQuietAsync()
    {
        int generations = 0;
        TimeSpan waited = TimeSpan.Zero;
        while (generations < GenerationsWhenBusy)
        {
            switch (Freeze(out int others, out TimeSpan elapsed))
            {
                case Outcome.Empty:
                    return;
                case Outcome.Queued:
                    generations++;
                    break;
                default:
                    waited += elapsed;
                    if (waited >= StuckAfter)
                    {
                        PoolThreads.MarkStuck(others);
                        Volatile.Write(ref s_looks, 0);
                    }

                    break;
            }

            await YieldAsync().ConfigureAwait(false);
            if (PoolThreads.IsQuietSoon())
                return;
        }
    }

    private static Outcome Freeze(out int others, out TimeSpan elapsed)
    {
        long start = TimeProvider.System.GetTimestamp();
        using PoolThreads.Observer observer = PoolThreads.Observe();
        using var freeze = new PoolFreeze(Math.Max(ThreadPool.ThreadCount, Environment.ProcessorCount));
        var spin = new SpinWait();
        while (true)
        {
            others = freeze.CountOthers(out int held, out bool isEmpty);
            PoolThreads.LowerStuck(others);
            elapsed = TimeProvider.System.GetElapsedTime(start);
            bool areFree = others <= PoolThreads.Stuck;
            if (areFree && isEmpty)
                return Outcome.Empty;

            // A held thread has taken its item from behind all work that was queued before.
            if (areFree && held > 0)
                return Outcome.Queued;
            if (elapsed > FreezeLimit)
                return Outcome.Busy;
            spin.SpinOnce();
        }
    }

    // Through the queue that all threads share, so behind the work that is there.
    private static Task YieldAsync() =>
        Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);
}
