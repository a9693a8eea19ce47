using System.Diagnostics;

namespace Libvirt.TestKit;

/// <summary>Waits until the actor systems on a virtual clock, and what is connected to them, have nothing left to do.</summary>
/// <param name="time">The clock.</param>
/// <param name="limit">The longest real time to wait.</param>
/// <param name="notSettled">Creates the exception when the limit has passed.</param>
internal sealed class Settler(VirtualTimeProvider time, TimeSpan limit, Func<ExpectationException> notSettled)
{
    // Each can wake the other, so both have to be still in two rounds. What is not quiet but does not move either, such as bytes that a frozen daemon does not
    // read, is accepted after more rounds.
    private const int RoundsWhenQuiet = 2;
    private const int RoundsWhenStuck = 5;

    private IExternalActivity? _external;

    /// <summary>Makes settling wait for it as well.</summary>
    /// <exception cref="InvalidOperationException">Another one is there already.</exception>
    public void Include(IExternalActivity external)
    {
        if (Interlocked.CompareExchange(ref _external, external, null) is not null)
            throw new InvalidOperationException("The actor system has a scenario already. Create one LibvirtScenario for each actor system.");
    }

    /// <summary>
    /// Returns when no mailbox has work, no timer is due, the thread pool has finished what it had begun, and nothing moves outside of the actor systems.
    /// </summary>
    /// <exception cref="ExpectationException">That is not so within the limit.</exception>
    public async Task SettleAsync()
    {
        long start = Stopwatch.GetTimestamp();
        if (_external is not { } external)
        {
            await SettleActorsAsync(start).ConfigureAwait(false);
            return;
        }

        for (int rounds = 0; rounds < RoundsWhenStuck && !(rounds >= RoundsWhenQuiet && external.IsQuiet);)
        {
            long movements = external.Movements;
            await SettleActorsAsync(start).ConfigureAwait(false);
            rounds = external.Movements == movements ? rounds + 1 : 0;
        }
    }

    private async Task SettleActorsAsync(long start)
    {
        ActivityTracker activity = time.Activity;
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
