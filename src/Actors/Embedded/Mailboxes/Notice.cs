namespace Actors.Embedded;

/// <summary>A message that the engine hands to an actor on its own behalf: a timer's tick or the end of a watched actor.</summary>
internal abstract class Notice<TMessage>
{
    public Notice<TMessage>? Next { get; set; }

    /// <summary>Gives the message unless the notice was withdrawn while it waited. Within the receiver's turn.</summary>
    public abstract bool TryTake(out TMessage message);
}
