namespace Libvirt.TestKit;

/// <summary>
/// Counts the work that the tracked dispatchers of one or more actor systems have queued or are running. All members are thread-safe.
/// </summary>
internal sealed class ActivityTracker
{
    private long _outstanding;
    private long _turns;
    private TaskCompletionSource? _idle;

    /// <summary>True when no tracked dispatcher has work queued or running.</summary>
    public bool IsIdle => Interlocked.Read(ref _outstanding) == 0;

    /// <summary>The number of pieces of work that have begun so far. An unchanged number means that no actor ran in between.</summary>
    public long Turns => Interlocked.Read(ref _turns);

    /// <summary>Records that work has been queued or starts to run. Each call needs a matching <see cref="End"/>.</summary>
    public void Begin()
    {
        Interlocked.Increment(ref _outstanding);
        Interlocked.Increment(ref _turns);
    }

    /// <summary>Records that work has run, including everything that it registered for execution.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _outstanding) == 0)
            Interlocked.Exchange(ref _idle, null)?.TrySetResult();
    }

    /// <summary>Waits until <see cref="IsIdle"/> is true.</summary>
    /// <param name="limit">The longest real time to wait.</param>
    /// <returns>False when the limit has passed first.</returns>
    public async ValueTask<bool> WhenIdleAsync(TimeSpan limit)
    {
        while (!IsIdle)
        {
            TaskCompletionSource idle = Waiter();
            // The last piece of work may have ended before the waiter was there.
            if (IsIdle)
                return true;
            try
            {
                await idle.Task.WaitAsync(limit).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return IsIdle;
            }
        }

        return true;
    }

    private TaskCompletionSource Waiter()
    {
        while (true)
        {
            if (Volatile.Read(ref _idle) is { } existing)
                return existing;
            var created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Interlocked.CompareExchange(ref _idle, created, null) is null)
                return created;
        }
    }
}
