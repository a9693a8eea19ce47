using System.Diagnostics;

namespace Libvirt.TestKit;

/// <summary>Waits until the actor systems on a virtual clock have nothing left to do.</summary>
/// <param name="time">The clock.</param>
/// <param name="limit">The longest real time to wait.</param>
/// <param name="notSettled">Creates the exception when the limit has passed.</param>
internal sealed class Settler(VirtualTimeProvider time, TimeSpan limit, Func<ExpectationException> notSettled)
{
    /// <summary>Returns when no mailbox has work, no timer is due and the thread pool has finished what it had begun.</summary>
    /// <exception cref="ExpectationException">That is not so within the limit.</exception>
    public async Task SettleAsync()
    {
        ActivityTracker activity = time.Activity;
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan left = limit - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !await activity.WhenIdleAsync(left).ConfigureAwait(false))
                throw notSettled();
            if (time.TryAdvanceToNextTimer(TimeSpan.Zero))
                continue;

            long turns = activity.Turns;
            await PoolQuiescence.WhenQuietAsync().ConfigureAwait(false);
            if (activity.IsIdle && activity.Turns == turns && time.UntilNextTimer is not { Ticks: <= 0 })
                return;
        }
    }
}
