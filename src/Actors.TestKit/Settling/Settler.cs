namespace Actors.TestKit;

/// <summary>Waits until a system of actors has come to rest on a virtual clock.</summary>
internal sealed class Settler(IActorSystemDiagnostics diagnostics, VirtualTimeProvider time, TimeSpan limit)
{
    private const int QuietRounds = 8;
    private const int LongestWaitForPool = 256;

    /// <summary>Returns when no actor has anything to do and no timer is due now.</summary>
    public async Task SettleAsync()
    {
        using var deadline = new CancellationTokenSource(limit);
        try
        {
            do
            {
                await diagnostics.WhenIdleAsync(deadline.Token).ConfigureAwait(false);
            }
            while (time.TryAdvanceToNextTimer(TimeSpan.Zero) || !await StaysIdleAsync(deadline.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new ExpectationException($"Expected the actors to come to rest, but within {limit} of real time they did not: some still have turns to run.");
        }
    }

    // Exact unless a handler awaits something the system does not know of. Then that may be complete and on its way through the thread
    // pool, so the pool gets the chance to bring it.
    private async Task<bool> StaysIdleAsync(CancellationToken cancellationToken)
    {
        if (diagnostics.AwaitingActors == 0)
            return true;

        long turns = diagnostics.Turns;
        for (int i = 0, quiet = 0; quiet < QuietRounds && i < LongestWaitForPool; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Run(static () => { }, CancellationToken.None).ConfigureAwait(false);
            if (diagnostics.Turns != turns)
                return false;
            if (ThreadPool.PendingWorkItemCount == 0)
                quiet++;
        }

        return diagnostics.WhenIdleAsync(cancellationToken).IsCompleted;
    }
}
