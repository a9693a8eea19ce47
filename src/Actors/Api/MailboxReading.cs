namespace Actors;

/// <summary>A reading of all mailboxes of a system. Actors go on meanwhile, so it says what was there about then.</summary>
/// <param name="Waiting">User messages that wait in mailboxes. The one that an actor is handling does not wait any more.</param>
/// <param name="Deepest">How many of them wait in the fullest mailbox.</param>
/// <param name="DeepestActor">The actor whose mailbox that is; null when nothing waits anywhere.</param>
public readonly record struct MailboxReading(long Waiting, int Deepest, ActorPath? DeepestActor);
