namespace Actors;

/// <summary>
/// How an engine runs an instance of an actor: attaches it once, starts it, hands it one message at a time, stops it. For those who write an engine; the
/// embedded one uses nothing else. Whoever else calls it breaks the actor's word that it does one thing at a time.
/// </summary>
public static class ActorDriver
{
    /// <summary>Gives the instance its context. Once, before <see cref="StartAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">The instance has been attached before: a factory must make a new one each time.</exception>
    public static void Attach<TMessage>(Actor<TMessage> actor, IActorContext<TMessage> context)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(context);
        actor.Attach(context);
    }

    /// <summary>Has the instance start. What it throws, now or by the task, is a failure that cannot be resumed.</summary>
    public static ValueTask StartAsync<TMessage>(Actor<TMessage> actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.InvokeStartAsync();
    }

    /// <summary>Hands the instance a message. What it throws, now or by the task, is a failure. Until the task has ended it gets nothing else.</summary>
    public static ValueTask HandleAsync<TMessage>(Actor<TMessage> actor, TMessage message)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.InvokeMessageAsync(message);
    }

    /// <summary>Tells the instance that no message waits, or that others have to run: after one or more messages, and always after the last.</summary>
    public static ValueTask EndBatchAsync<TMessage>(Actor<TMessage> actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.InvokeBatchEndAsync();
    }

    /// <summary>Has the instance end, after its children have. What it throws, now or by the task, is logged and changes nothing.</summary>
    public static ValueTask StopAsync<TMessage>(Actor<TMessage> actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.InvokeStopAsync();
    }
}
