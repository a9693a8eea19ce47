namespace Actors;

/// <summary>
/// One tree of actors and the engine that runs it. Dispose it to stop every actor from the leaves up.
/// </summary>
public interface IActorSystem : IAsyncDisposable
{
    /// <summary>The system's name, for logs.</summary>
    string Name { get; }

    /// <summary>The clock all its actors and timers run on.</summary>
    TimeProvider Time { get; }

    /// <summary>Counters of the whole system.</summary>
    ActorSystemCounters Counters { get; }

    /// <summary>
    /// Looks into the mailboxes of all living actors, one after the other. Free-threaded. Takes time with their number and costs nothing until it is
    /// asked for: mailboxes are not counted as they fill.
    /// </summary>
    MailboxReading ReadMailboxes();

    /// <summary>Completes when the system has been told to shut down and every actor has ended.</summary>
    Task Stopped { get; }

    /// <summary>Raised for each message that reached no actor, on the thread that found out; a handler must be quick and cannot fail the teller.</summary>
    event Action<DeadLetter>? DeadLettered;

    /// <summary>Starts an actor at the top of the tree. Free-threaded. Escalations from it stop it.</summary>
    /// <inheritdoc cref="IActorContext{TMessage}.Spawn{TChild}" path="/param"/>
    /// <exception cref="ArgumentException">The name is not allowed or taken by a living actor at the top.</exception>
    /// <exception cref="ObjectDisposedException">The system has been told to shut down.</exception>
    IActorRef<TMessage> Spawn<TMessage>(string name, Func<Actor<TMessage>> factory, ActorOptions? options = null);

    /// <summary>Tells an actor anywhere in the tree to stop, its descendants first. Completes when it has ended; at once if it already has.</summary>
    /// <param name="actor">An actor of this system. An actor must not await its own end from one of its handlers.</param>
    /// <param name="cancellationToken">Gives up the waiting, not the stopping.</param>
    Task StopAsync(IActorRef actor, CancellationToken cancellationToken = default);

    /// <summary>Completes when the actor has ended for good. Does not stop it.</summary>
    Task WhenStopped(IActorRef actor);

    /// <summary>Stops every actor from the leaves up and refuses new ones. Completes when all have ended.</summary>
    /// <param name="cancellationToken">Gives up the waiting, not the stopping.</param>
    Task ShutdownAsync(CancellationToken cancellationToken = default);
}
