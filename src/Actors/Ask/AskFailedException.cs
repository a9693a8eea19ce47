namespace Actors;

/// <summary>An ask that no actor will answer: the mailbox refused its message, the actor ended with it, or the whole system has stopped.</summary>
public sealed class AskFailedException : Exception
{
    /// <summary>Says which actor will not answer, and why.</summary>
    /// <param name="target">Whom the message was for.</param>
    /// <param name="reason">Whether the mailbox was full or the actor has stopped.</param>
    public AskFailedException(ActorPath target, TellResult reason)
        : base(Describe(target, reason))
    {
        Target = target;
        Reason = reason;
        HelpLink = "docs/troubleshooting.md#ask-failed";
    }

    /// <summary>Whom the message was for.</summary>
    public ActorPath Target { get; }

    /// <summary>Whether the mailbox was full or the actor has stopped.</summary>
    public TellResult Reason { get; }

    private static string Describe(ActorPath target, TellResult reason) => reason == TellResult.MailboxFull
        ? $"The mailbox of '{target}' is full: try again later, or give the actor a larger one."
        : $"The actor '{target}' has stopped without a reply.";
}
