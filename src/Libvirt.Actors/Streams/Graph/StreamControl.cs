namespace Libvirt.Streams;

/// <summary>
/// One materialisation of a source, sink or flow of this library: what it materialises to. Free-threaded.
/// </summary>
public abstract class StreamControl
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abort = new();

    internal StreamControl()
    {
    }

    /// <summary>
    /// Ends when the graph and the daemon have both ended it, so that nothing is left behind: in success when all was transferred, canceled when it was aborted,
    /// cancelled by the graph or stopped with its materializer, else with what went wrong.
    /// </summary>
    public Task Completion => _completion.Task;

    /// <summary>
    /// Ends it from outside: the graph fails with <see cref="OperationCanceledException"/>, and the libvirt stream is aborted (<c>virStreamAbort</c>). No effect
    /// once it has ended. Does not wait; <see cref="Completion"/> does.
    /// </summary>
    public void Abort() => _abort.Cancel();

    /// <summary>Fires when <see cref="Abort"/> is called.</summary>
    internal CancellationToken Aborted => _abort.Token;

    /// <summary>Everything is over. Once, by the stage.</summary>
    /// <param name="error">What went wrong; null when nothing did.</param>
    internal virtual void End(Exception? error) => End(_completion, error);

    /// <summary>Ends a task, unless it has ended.</summary>
    private protected static void End(TaskCompletionSource task, Exception? error)
    {
        if (error is null)
        {
            task.TrySetResult();
        }
        else if (error is OperationCanceledException)
        {
            task.TrySetCanceled();
        }
        else
        {
            task.TrySetException(error);
            // The graph fails with it as well, so the exception of this task need not be observed.
            _ = task.Task.Exception;
        }
    }
}
