namespace Actors;

/// <summary>A reading of a system's counters. All but <see cref="LivingActors"/> only grow.</summary>
/// <param name="LivingActors">Actors that have not ended.</param>
/// <param name="StartedActors">Actors ever spawned; restarts do not count.</param>
/// <param name="HandledMessages">User messages handed to an actor.</param>
/// <param name="DeadLetters">Messages that reached no actor, refused ones included.</param>
/// <param name="RefusedMessages">Messages refused because a mailbox was full.</param>
/// <param name="Failures">Exceptions that left an actor.</param>
/// <param name="Restarts">Restarts carried out.</param>
public readonly record struct ActorSystemCounters(
    long LivingActors,
    long StartedActors,
    long HandledMessages,
    long DeadLetters,
    long RefusedMessages,
    long Failures,
    long Restarts);
