using System.Runtime.CompilerServices;

namespace Libvirt.Streams;

/// <summary>
/// One asynchronous step of a stage at a time. A step that ends at once continues at once; another one re-enters the stage through its asynchronous callback,
/// without a task of its own.
/// </summary>
/// <param name="resume">The stage's callback, which takes <see cref="Result"/>.</param>
internal sealed class StageStep(Action resume)
{
    private const int Idle = 0;
    private const int Running = 1;
    private const int Abandoned = 2;

    private ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter _awaiter;
    private Action? _ended;
    private Action? _then;
    private int _state;

    /// <summary>Begins a step.</summary>
    /// <returns>True when it has ended already: then take <see cref="Result"/>. False when the callback will come.</returns>
    public bool Begin(ValueTask<bool> step)
    {
        _awaiter = step.ConfigureAwait(false).GetAwaiter();
        if (_awaiter.IsCompleted)
            return true;
        Volatile.Write(ref _state, Running);
        _awaiter.UnsafeOnCompleted(_ended ??= Ended);
        return false;
    }

    /// <summary>The result of the step that has ended, or what it failed with. Once.</summary>
    public bool Result()
    {
        ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter awaiter = _awaiter;
        _awaiter = default;
        return awaiter.GetResult();
    }

    /// <summary>The stage has ended: runs something when no step runs any longer, which may be now.</summary>
    public void Abandon(Action then)
    {
        _then = then;
        if (Interlocked.Exchange(ref _state, Abandoned) != Running)
            then();
    }

    private void Ended()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Running) == Running)
        {
            resume();
            return;
        }

        try
        {
            Result();
        }
        catch (Exception)
        {
            // The stage has stopped, so the failure has no receiver.
        }

        _then!();
    }
}
