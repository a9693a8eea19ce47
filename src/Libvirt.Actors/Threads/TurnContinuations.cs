using System.IO.Pipelines;

namespace Libvirt.Threads;

/// <summary>
/// Collects the continuations that the frames of one turn unblock, where a reader thread routes them: it runs them after the turn. On every other thread,
/// continuations are queued to the thread pool, whose threads spin before they sleep; for a small call that costs more than all the rest.
/// </summary>
internal sealed class TurnContinuations : PipeScheduler
{
    [ThreadStatic]
    private static List<IContinuation>? s_unblocked;

    private TurnContinuations()
    {
    }

    /// <summary>For the readers of pipes.</summary>
    public static TurnContinuations Scheduler { get; } = new();

    /// <summary>From now on this thread collects continuations in the list; with null, they are queued to the thread pool.</summary>
    public static void Begin(List<IContinuation>? unblocked) => s_unblocked = unblocked;

    /// <summary>Ends what <see cref="Begin"/> began.</summary>
    public static void End() => s_unblocked = null;

    /// <summary>Continues after the turn, or on the thread pool.</summary>
    public static void Add(IContinuation continuation)
    {
        if (s_unblocked is { } unblocked)
            unblocked.Add(continuation);
        else
            continuation.Continue(inline: false);
    }

    public override void Schedule(Action<object?> action, object? state)
    {
        if (s_unblocked is { } unblocked)
            unblocked.Add(new PipeContinuation(action, state));
        else
            ThreadPool.Schedule(action, state);
    }

    private sealed class PipeContinuation(Action<object?> action, object? state) : IContinuation
    {
        public void Continue(bool inline)
        {
            if (inline)
                action(state);
            else
                ThreadPool.Schedule(action, state);
        }
    }
}
