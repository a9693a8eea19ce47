namespace Actors.Embedded;

/// <summary>What a teller got along with its message's acceptance.</summary>
internal enum Claim
{
    /// <summary>Nothing: a turn is running or queued, or the actor cannot take messages now.</summary>
    None,

    /// <summary>The right to run a turn; the message is in the mailbox.</summary>
    Turn,

    /// <summary>The right to run a turn that begins with the message, which is not in the mailbox.</summary>
    WithMessage,
}
