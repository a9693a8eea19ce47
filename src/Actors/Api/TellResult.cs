namespace Actors;

/// <summary>What became of a message that was told to an actor. Everything but <see cref="Accepted"/> is a dead letter.</summary>
public enum TellResult
{
    /// <summary>The mailbox took it. It is handled unless the actor ends first.</summary>
    Accepted,

    /// <summary>The mailbox is at its capacity. The message was not taken; the sender decides what to drop or when to try again.</summary>
    MailboxFull,

    /// <summary>The actor is stopping or has ended.</summary>
    Stopped,
}
