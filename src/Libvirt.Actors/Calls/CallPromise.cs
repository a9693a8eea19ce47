using System.Threading.Tasks.Sources;

namespace Libvirt.Calls;

/// <summary>
/// The result of one call, filled once and awaited once, by one atomic transition whoever of several tries. Poolable: <see cref="Reset"/> begins a new life,
/// and what still refers to the earlier one fills nothing.
/// </summary>
internal abstract class CallPromise<T> : IValueTaskSource<T>
{
    private const long Filled = 1;
    private const long Taken = 2;
    private const int LifeShift = 2;

    // The life's number in the upper bits, what has happened in it below: each compare-and-swap decides both at once.
    private long _state;
    private ManualResetValueTaskSourceCore<T> _core = new() { RunContinuationsAsynchronously = true };

    /// <summary>The one-time awaitable of this life.</summary>
    public ValueTask<T> Task => new(this, _core.Version);

    /// <summary>Whether this life has its result.</summary>
    public bool IsCompleted => (Volatile.Read(ref _state) & Filled) != 0;

    /// <summary>The number of the current life.</summary>
    protected long Life => Volatile.Read(ref _state) >> LifeShift;

    /// <summary>Fills this life; false when it is filled already. The caller continues on the thread pool.</summary>
    protected bool TrySetResult(T result)
    {
        if (!TryDecide())
            return false;
        SetDecided(result, runContinuationsAsynchronously: true);
        return true;
    }

    /// <summary>Fails this life; false when it is filled already. The caller continues on the thread pool.</summary>
    protected bool TrySetException(Exception error)
    {
        if (!TryDecide())
            return false;
        _core.RunContinuationsAsynchronously = true;
        _core.SetException(error);
        return true;
    }

    /// <summary>Wins the right to fill this life, with <see cref="SetDecided"/> later; false when it is filled already.</summary>
    protected bool TryDecide()
    {
        long open = Life << LifeShift;
        return Interlocked.CompareExchange(ref _state, open | Filled, open) == open;
    }

    /// <summary>Fills the life that <see cref="TryDecide"/> won.</summary>
    /// <param name="result">The result.</param>
    /// <param name="runContinuationsAsynchronously">False to run the caller's continuation on this thread, which it can then block.</param>
    protected void SetDecided(T result, bool runContinuationsAsynchronously)
    {
        _core.RunContinuationsAsynchronously = runContinuationsAsynchronously;
        _core.SetResult(result);
    }

    /// <summary>Begins a new life. Only when the result of the current one has been taken.</summary>
    protected void Reset()
    {
        long state = Volatile.Read(ref _state);
        if ((state & Taken) == 0)
            throw new InvalidOperationException("A call cannot be reused before its result has been taken.");
        _core.Reset();
        Volatile.Write(ref _state, ((state >> LifeShift) + 1) << LifeShift);
    }

    /// <summary>Runs once per life, on the caller's side, right after the result was taken.</summary>
    protected virtual void OnResultTaken()
    {
    }

    T IValueTaskSource<T>.GetResult(short token)
    {
        // An awaitable that is stale, not complete or taken already throws here and leaves the promise alone: it may serve another caller by now.
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
            throw new InvalidOperationException("The result of a call was read before the call ended.");
        long filled = Volatile.Read(ref _state) & ~Taken;
        if (Interlocked.CompareExchange(ref _state, filled | Taken, filled) != filled)
            throw new InvalidOperationException("The result of a call can be awaited once.");

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
