namespace Actors;

/// <summary>An ask whose message no actor will handle: the mailbox refused it, or the actor ended with it.</summary>
public sealed class AskFailedException : Exception
{
    /// <summary>Says which actor did not take the message, and why.</summary>
    /// <param name="target">Whom the message was for.</param>
    /// <param name="reason">Why it was not taken.</param>
    public AskFailedException(ActorPath target, TellResult reason)
        : base(Describe(target, reason))
    {
        Target = target;
        Reason = reason;
    }

    /// <summary>Whom the message was for.</summary>
    public ActorPath Target { get; }

    /// <summary>Why it was not taken.</summary>
    public TellResult Reason { get; }

    private static string Describe(ActorPath target, TellResult reason) => reason == TellResult.MailboxFull
        ? $"The mailbox of '{target}' is full: try again later, or give the actor a larger one."
        : $"The actor '{target}' has stopped without handling the message.";
}
