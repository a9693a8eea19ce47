namespace Actors;

/// <summary>
/// The behaviour and private state of one actor. Messages are handled one at a time; while a handler awaits, the mailbox
/// waits. Nobody but the engine calls these members, and no other object may reach into the actor's fields.
/// </summary>
/// <typeparam name="TMessage">The one type of message the actor takes; usually a small closed hierarchy.</typeparam>
public abstract class Actor<TMessage>
{
    private IActorContext<TMessage>? _context;

    /// <summary>What the actor may ask of its engine. Not available in the constructor.</summary>
    protected IActorContext<TMessage> Context =>
        _context ?? throw new InvalidOperationException("The actor's context exists from OnStartAsync on, not in its constructor.");

    /// <summary>Runs before the first message, and again on each new instance after a restart. A throw is a failure.</summary>
    protected virtual ValueTask OnStartAsync() => default;

    /// <summary>Handles one message. A throw is a failure that the actor's supervision policy decides on.</summary>
    protected abstract ValueTask OnMessageAsync(TMessage message);

    /// <summary>
    /// Runs after one or more messages when the mailbox has been found empty or the turn's budget is spent: the place to flush
    /// what a batch has gathered. An engine may call it after every message; it always runs after the last one, unless that failed and its
    /// failure ended the instance.
    /// </summary>
    protected virtual ValueTask OnBatchEndAsync() => default;

    /// <summary>
    /// Runs once per instance when it ends, after its children have ended: on stop and before a restart. A throw is logged and
    /// changes nothing.
    /// </summary>
    protected virtual ValueTask OnStopAsync() => default;

    // What follows is for engines, by way of ActorDriver.
    internal void Attach(IActorContext<TMessage> context)
    {
        if (_context is not null)
            throw new InvalidOperationException("An actor's factory returned an instance that has lived already; it must make a new one each time.");
        _context = context;
    }

    internal ValueTask InvokeStartAsync() => OnStartAsync();

    internal ValueTask InvokeMessageAsync(TMessage message) => OnMessageAsync(message);

    internal ValueTask InvokeBatchEndAsync() => OnBatchEndAsync();

    internal ValueTask InvokeStopAsync() => OnStopAsync();
}
