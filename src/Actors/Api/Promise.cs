using System.Threading.Tasks.Sources;

namespace Actors;

/// <summary>
/// The smallest actor: one slot, one message, then it is gone. Its asker awaits <see cref="Task"/> once; whoever holds a
/// <see cref="ReplyTo{T}"/> may fill the slot. Of all who try, exactly one wins, by one atomic transition. Poolable: after
/// <see cref="Reset"/> every handle of the earlier life is stale and fills nothing.
/// </summary>
public class Promise<T> : IValueTaskSource<T>
{
    // The life's number in the upper bits, one completion bit at the bottom: a compare-and-swap decides both at once.
    private long _state;
    private ManualResetValueTaskSourceCore<T> _core = new() { RunContinuationsAsynchronously = true };

    /// <summary>The one-time awaitable of this life. The continuation runs off the thread that fills the promise.</summary>
    public ValueTask<T> Task => new(this, _core.Version);

    /// <summary>The number of the current life.</summary>
    public long Life => Volatile.Read(ref _state) >> 1;

    /// <summary>Whether this life's slot has been filled.</summary>
    public bool IsCompleted => (Volatile.Read(ref _state) & 1) != 0;

    /// <summary>A handle that fills this life only.</summary>
    public ReplyTo<T> ReplyTo => new(this, Life);

    /// <summary>Fills the slot of life <paramref name="life"/>; false when that life is over or already filled.</summary>
    public bool TrySetResult(long life, T result)
    {
        if (!TryWin(life))
            return false;
        _core.SetResult(result);
        return true;
    }

    /// <summary>Fails the slot of life <paramref name="life"/>; false when that life is over or already filled.</summary>
    public bool TrySetException(long life, Exception error)
    {
        if (!TryWin(life))
            return false;
        _core.SetException(error);
        return true;
    }

    /// <summary>Begins a new life. Only for the owner, after the earlier life's result has been taken.</summary>
    protected void Reset()
    {
        _core.Reset();
        Volatile.Write(ref _state, ((_state >> 1) + 1) << 1);
    }

    /// <summary>Runs on the asker's side right after it took the result or the exception of this life.</summary>
    protected virtual void OnResultTaken()
    {
    }

    private bool TryWin(long life) => Interlocked.CompareExchange(ref _state, (life << 1) | 1, life << 1) == life << 1;

    T IValueTaskSource<T>.GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            OnResultTaken();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
