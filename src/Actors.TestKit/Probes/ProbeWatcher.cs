namespace Actors.TestKit;

/// <summary>Watches on behalf of a probe, whose own messages leave no room for requests.</summary>
internal sealed class ProbeWatcher<TMessage>(Action<TMessage> receive) : Actor<WatchRequest<TMessage>>
{
    protected override ValueTask OnMessageAsync(WatchRequest<TMessage> message)
    {
        if (message.Other is null)
        {
            receive(message.Message);
        }
        else
        {
            Context.Watch(message.Other, message with { Other = null });
            message.Done.TrySetResult(true);
        }

        return default;
    }
}
