namespace Actors;

/// <summary>Request and reply between actors and the rest of the program.</summary>
public static class AskExtensions
{
    /// <summary>
    /// Tells <paramref name="target"/> a message that carries where to reply, and waits for the reply. Await the result exactly once.
    /// The waiting ends at the deadline also when the actor handles the message and never replies, fails over it for one.
    /// </summary>
    /// <typeparam name="TMessage">
    /// What the actor takes. When a message of a reference type is left in the mailbox of an actor that ends, the ask fails at once; a
    /// message of a value type has to implement <see cref="INotifyUndelivered"/> for that, or the ask ends by its deadline.
    /// </typeparam>
    /// <typeparam name="TReply">What the actor replies.</typeparam>
    /// <param name="target">Whom to ask.</param>
    /// <param name="message">Makes the message; called once, before this returns.</param>
    /// <param name="timeout">How long to wait on the clock of the target's system; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Gives up the waiting. The actor is not told; its late reply goes nowhere.</param>
    /// <exception cref="TimeoutException">No reply came in time.</exception>
    /// <exception cref="AskFailedException">The mailbox was full, the actor stopped without handling the message, or its system did.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static ValueTask<TReply> AskAsync<TMessage, TReply>(
        this IActorRef<TMessage> target,
        Func<ReplyTo<TReply>, TMessage> message,
        TimeSpan timeout,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return AskAsync<TMessage, Func<ReplyTo<TReply>, TMessage>, TReply>(
            target,
            static (reply, make) => make(reply),
            message,
            timeout,
            cancellationToken);
    }

    /// <summary>The same without a closure: <paramref name="state"/> is handed to <paramref name="message"/>.</summary>
    /// <inheritdoc cref="AskAsync{TMessage, TReply}(IActorRef{TMessage}, Func{ReplyTo{TReply}, TMessage}, TimeSpan, CancellationToken)"/>
    /// <param name="target">Whom to ask.</param>
    /// <param name="message">Makes the message of where to reply and <paramref name="state"/>; called once, before this returns.</param>
    /// <param name="state">What the message is made of.</param>
    /// <param name="timeout">How long to wait on the clock of the target's system; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Gives up the waiting. The actor is not told; its late reply goes nowhere.</param>
    public static ValueTask<TReply> AskAsync<TMessage, TState, TReply>(
        this IActorRef<TMessage> target,
        Func<ReplyTo<TReply>, TState, TMessage> message,
        TState state,
        TimeSpan timeout,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(message);
        if (timeout != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<TReply>(cancellationToken);

        AskPromise<TReply> promise = AskPromise<TReply>.Rent();
        ValueTask<TReply> reply = promise.Task;
        TMessage told;
        try
        {
            told = message(promise.ReplyTo, state);
        }
        catch
        {
            promise.Abandon();
            throw;
        }

        promise.Begin(target, typeof(TMessage).IsValueType ? null : told, timeout);
        TellResult result = target.TryTell(told);
        if (result != TellResult.Accepted)
            promise.Fail(result);
        else if (cancellationToken.CanBeCanceled && !promise.IsCompleted)
            promise.CancelWith(cancellationToken);
        return reply;
    }
}
