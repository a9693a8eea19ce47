namespace Actors;

/// <summary>A message that reached no actor.</summary>
/// <param name="Recipient">Where it was told to.</param>
/// <param name="Message">The message itself. It may hold what must not be logged: log its type.</param>
/// <param name="Reason">Why it was not taken, or <see cref="TellResult.Stopped"/> when the actor ended with it in the mailbox.</param>
public readonly record struct DeadLetter(ActorPath Recipient, object? Message, TellResult Reason);
