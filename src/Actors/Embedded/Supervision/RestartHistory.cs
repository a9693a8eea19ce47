namespace Actors.Embedded;

/// <summary>The restarts of one actor so far: decides whether another is allowed and after which delay. Touched by its supervisor only.</summary>
internal sealed class RestartHistory
{
    private readonly Queue<long> _restarts = new();
    private int _attempt;

    public bool TryNext(SupervisionPolicy policy, Failure failure, TimeProvider time, double random, out TimeSpan delay)
    {
        delay = TimeSpan.Zero;
        long now = time.GetTimestamp();
        if (policy.MaxRestarts is { } limit)
        {
            bool slides = policy.Window != Timeout.InfiniteTimeSpan;
            while (slides && _restarts.TryPeek(out long oldest) && time.GetElapsedTime(oldest, now) >= policy.Window)
                _restarts.Dequeue();
            if (_restarts.Count >= limit)
                return false;
            _restarts.Enqueue(now);
        }

        if (failure.StartedAt is { } startedAt && time.GetElapsedTime(startedAt, now) >= policy.Backoff.ResetAfter)
            _attempt = 0;
        _attempt++;
        delay = policy.Backoff.Delay(_attempt, random);
        return true;
    }
}
