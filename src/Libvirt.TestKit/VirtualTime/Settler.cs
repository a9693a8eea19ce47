using System.Diagnostics;

namespace Libvirt.TestKit;

/// <summary>Waits until the actor systems on a virtual clock have nothing left to do.</summary>
/// <param name="time">The clock.</param>
/// <param name="limit">The longest real time to wait.</param>
/// <param name="describeBusy">Names what is still busy, for the text of the exception.</param>
internal sealed class Settler(VirtualTimeProvider time, TimeSpan limit, Func<string> describeBusy)
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
                throw new ExpectationException($"Expected the actors to come to rest within {limit} of real time, but they did not.{describeBusy()}");
            if (time.TryAdvanceToNextTimer(TimeSpan.Zero))
                continue;

            long turns = activity.Turns;
            await PoolThreads.WhenQuietAsync().ConfigureAwait(false);
            if (activity.IsIdle && activity.Turns == turns && time.UntilNextTimer is not { Ticks: <= 0 })
                return;
        }
    }
}
