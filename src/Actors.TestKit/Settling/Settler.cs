namespace Actors.TestKit;

/// <summary>Waits until a system of actors has come to rest on a virtual clock.</summary>
internal sealed class Settler(IActorSystemDiagnostics diagnostics, VirtualTimeProvider time, TimeSpan limit)
{
    // A process that keeps its pool busy all the time never lets the barrier pass; then what has been seen has to do.
    private const int MostAttempts = 10;

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
    // pool, so the pool first has to finish what it has begun.
    private async Task<bool> StaysIdleAsync(CancellationToken cancellationToken)
    {
        if (diagnostics.AwaitingActors == 0)
            return true;

        long turns = diagnostics.Turns;
        for (int i = 0; i < MostAttempts; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool passed = await PoolBarrier.TryPassAsync(cancellationToken).ConfigureAwait(false);
            if (diagnostics.Turns != turns || !diagnostics.WhenIdleAsync(cancellationToken).IsCompleted)
                return false;
            if (passed)
                break;
        }

        return true;
    }
}
