using System.Threading.Tasks.Sources;

namespace Actors;

/// <summary>A continuation on its way through the thread pool that a system counts as activity until it has run.</summary>
internal sealed class TrackedContinuation(IActorSystemDiagnostics activity, Action<object?> continuation, object? state) : IThreadPoolWorkItem
{
    /// <summary>Counts the continuation given as the argument and queues it.</summary>
    public static readonly Action<object?> Queue = static tracked => ((TrackedContinuation)tracked!).Enqueue();

    /// <summary>Whether a continuation of these flags would go to the thread pool anyway, without a context to bring along.</summary>
    public static bool CanReplace(ValueTaskSourceOnCompletedFlags flags) =>
        (flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) == 0
        && ((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) == 0
            || (SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default));

    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            continuation(state);
        }
        finally
        {
            activity.EndActivity();
        }
    }

    private void Enqueue()
    {
        activity.BeginActivity();
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }
}
