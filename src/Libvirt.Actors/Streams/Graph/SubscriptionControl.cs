namespace Libvirt.Streams;

/// <summary>One subscription to events by a source.</summary>
public sealed class SubscriptionControl : StreamControl
{
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SubscriptionControl()
    {
    }

    /// <summary>
    /// Completes when the daemon sends the events, so that nothing after that is missed. Fails, or is canceled, with the source if it does not come to that.
    /// </summary>
    public Task Subscribed => _subscribed.Task;

    internal void Began() => _subscribed.TrySetResult();

    internal override void End(Exception? error)
    {
        End(_subscribed, error ?? new OperationCanceledException("The subscription was not made."));
        base.End(error);
    }
}
