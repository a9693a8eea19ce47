namespace Actors.TestKit;

/// <summary>The actor of a probe.</summary>
internal sealed class ProbeActor<TMessage>(Action<TMessage> receive) : Actor<TMessage>
{
    protected override ValueTask OnMessageAsync(TMessage message)
    {
        receive(message);
        return default;
    }
}
