namespace Actors.Embedded.Diagnostics;

/// <summary>Counts the turns that run or are queued, and those that await.</summary>
internal sealed class ActivityTracker
{
    private readonly Lock _gate = new();
    private int _active;
    private int _awaiting;
    private long _turns;
    private TaskCompletionSource? _idle;

    public int Awaiting => Volatile.Read(ref _awaiting);

    public long Turns => Interlocked.Read(ref _turns);

    public void Enter()
    {
        Interlocked.Increment(ref _turns);
        Interlocked.Increment(ref _active);
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _active) == 0)
            CompleteIdle();
    }

    public void LeaveAwaiting()
    {
        Interlocked.Increment(ref _awaiting);
        Leave();
    }

    public void EnterAwaited()
    {
        Enter();
        Interlocked.Decrement(ref _awaiting);
    }

    public Task WhenIdle()
    {
        lock (_gate)
        {
            if (Volatile.Read(ref _active) == 0)
                return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

            // The last turn may have left between the look and the promise to tell.
            if (Volatile.Read(ref _active) == 0)
            {
                _idle.TrySetResult();
                _idle = null;
                return Task.CompletedTask;
            }

            return _idle.Task;
        }
    }

    private void CompleteIdle()
    {
        lock (_gate)
        {
            if (Volatile.Read(ref _active) != 0)
                return;
            _idle?.TrySetResult();
            _idle = null;
        }
    }
}
