namespace Actors.TestKit;

/// <summary>
/// Finds out that the thread pool has finished whatever it had begun: it occupies all the pool's threads at once for a moment. One at a
/// time in the process, or two would wait for each other's threads.
/// </summary>
internal static class PoolBarrier
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>True when every thread was there at the same time, so that each had finished its earlier work.</summary>
    public static async Task<bool> TryPassAsync(CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            int threads = ThreadPool.ThreadCount;
            using var all = new CountdownEvent(threads);
            var arrivals = new Task<bool>[threads];
            for (int i = 0; i < threads; i++)
            {
                arrivals[i] = Task.Factory.StartNew(
                    static barrier =>
                    {
                        var all = (CountdownEvent)barrier!;
                        all.Signal();
                        return all.Wait(Patience);
                    },
                    all,
                    CancellationToken.None,
                    TaskCreationOptions.PreferFairness,
                    TaskScheduler.Default);
            }

            bool[] met = await Task.WhenAll(arrivals).ConfigureAwait(false);
            return Array.TrueForAll(met, static one => one);
        }
        finally
        {
            Turn.Release();
        }
    }
}
