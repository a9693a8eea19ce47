using System.Threading.Tasks.Sources;

namespace Actors;

/// <summary>
/// The smallest actor: one slot, one message, then it is gone. Its asker awaits <see cref="Task"/> once; whoever holds a
/// <see cref="ReplyTo{T}"/> may fill the slot. Of all who try, exactly one wins, by one atomic transition. Poolable: after
/// <see cref="Reset"/> every handle of the earlier life is stale and fills nothing.
/// </summary>
public class Promise<T> : IValueTaskSource<T>
{
    private const long Filled = 1;
    private const long Taken = 2;
    private const int LifeShift = 2;

    private readonly bool _runsAsynchronously;

    // The life's number in the upper bits, what has happened in it below: each compare-and-swap decides both at once.
    private long _state;
    private ManualResetValueTaskSourceCore<T> _core;

    /// <summary>A promise whose asker goes on through the thread pool.</summary>
    public Promise()
        : this(runContinuationsAsynchronously: true)
    {
    }

    /// <summary>A promise whose asker goes on as the maker of the promise says.</summary>
    /// <param name="runContinuationsAsynchronously">
    /// True to run the asker's continuation through the thread pool; false to run it on the thread that fills the promise, which the
    /// asker's code can then hold up for as long as it likes.
    /// </param>
    protected Promise(bool runContinuationsAsynchronously) => _runsAsynchronously = runContinuationsAsynchronously;

    /// <summary>The one-time awaitable of this life.</summary>
    public ValueTask<T> Task => new(this, _core.Version);

    /// <summary>The number of the current life.</summary>
    public long Life => Volatile.Read(ref _state) >> LifeShift;

    /// <summary>Whether this life's slot has been filled.</summary>
    public bool IsCompleted => (Volatile.Read(ref _state) & Filled) != 0;

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
        ArgumentNullException.ThrowIfNull(error);
        if (!TryWin(life))
            return false;
        _core.SetException(error);
        return true;
    }

    /// <summary>
    /// Wins life <paramref name="life"/> without filling its slot yet; false when that life is over or decided already. The winner fills it with
    /// <see cref="SetDecided"/>, in its own time.
    /// </summary>
    protected bool TryDecide(long life) => TryWin(life);

    /// <summary>Fills the slot of the current life. Only for who won it with <see cref="TryDecide"/>, once.</summary>
    /// <param name="result">What the asker gets.</param>
    /// <param name="runContinuationsAsynchronously">
    /// True to run the asker's continuation through the thread pool; false to run it on this thread, which the asker's code can then hold up for as
    /// long as it likes.
    /// </param>
    protected void SetDecided(T result, bool runContinuationsAsynchronously)
    {
        _core.RunContinuationsAsynchronously = runContinuationsAsynchronously;
        _core.SetResult(result);
    }

    /// <summary>Where the asker's continuation is counted as activity while it waits for the thread pool; null for nowhere.</summary>
    protected virtual IActorSystemDiagnostics? Activity => null;

    /// <summary>Begins a new life. Only for the owner, after the earlier life's result has been taken.</summary>
    /// <exception cref="InvalidOperationException">The current life's result has not been taken yet.</exception>
    protected void Reset()
    {
        long state = Volatile.Read(ref _state);
        if ((state & Taken) == 0)
            throw new InvalidOperationException("A promise cannot begin a new life before the result of the current one has been taken.");
        _core.Reset();
        Volatile.Write(ref _state, ((state >> LifeShift) + 1) << LifeShift);
    }

    /// <summary>Runs once a life on the asker's side, right after it took the result or the exception.</summary>
    protected virtual void OnResultTaken()
    {
    }

    private bool TryWin(long life)
    {
        long open = life << LifeShift;
        return Interlocked.CompareExchange(ref _state, open | Filled, open) == open;
    }

    T IValueTaskSource<T>.GetResult(short token)
    {
        // An awaitable that is stale, not complete or taken already throws here and leaves the promise alone: it may be somebody else's now.
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
            throw new InvalidOperationException("The result of a promise was asked for before it was there.");
        long filled = Volatile.Read(ref _state) & ~Taken;
        if (Interlocked.CompareExchange(ref _state, filled | Taken, filled) != filled)
            throw new InvalidOperationException("The result of a promise can be taken once.");

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

    void IValueTaskSource<T>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (_runsAsynchronously && Activity is { IsTracking: true } activity && TrackedContinuation.CanReplace(flags))
        {
            _core.RunContinuationsAsynchronously = false;
            var tracked = new TrackedContinuation(activity, continuation, state);
            _core.OnCompleted(TrackedContinuation.Queue, tracked, token, ValueTaskSourceOnCompletedFlags.None);
            return;
        }

        _core.RunContinuationsAsynchronously = _runsAsynchronously;
        _core.OnCompleted(continuation, state, token, flags);
    }
}
