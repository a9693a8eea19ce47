using Microsoft.Extensions.Logging;

namespace Actors;

/// <summary>
/// What an actor may ask of its engine. Every member but <see cref="Self"/>, <see cref="System"/>, <see cref="Time"/>, <see cref="Log"/>
/// and <see cref="Stopping"/> may be used only from within the actor's own turn, by the instance it was made for. Where an engine notices
/// that they are not, they throw <see cref="InvalidOperationException"/>.
/// </summary>
public interface IActorContext<TMessage>
{
    /// <summary>The actor's own address. Stays the same over restarts.</summary>
    IActorRef<TMessage> Self { get; }

    /// <summary>The system the actor lives in.</summary>
    IActorSystem System { get; }

    /// <summary>The clock of the system. Actors use no other.</summary>
    TimeProvider Time { get; }

    /// <summary>A logger whose category is the actor's type and whose scope carries the actor's path.</summary>
    ILogger Log { get; }

    /// <summary>Timers that end with this instance of the actor.</summary>
    IActorTimers<TMessage> Timers { get; }

    /// <summary>The children that have not ended, in no particular order.</summary>
    IReadOnlyCollection<IActorRef> Children { get; }

    /// <summary>
    /// Fires when the actor is told to stop or about to be restarted, so that a handler that awaits something outside can give it up.
    /// </summary>
    CancellationToken Stopping { get; }

    /// <summary>
    /// Starts a child under this actor's supervision. The factory runs once per incarnation, so it must make a new instance each time.
    /// </summary>
    /// <param name="name">Unique among the living children.</param>
    /// <param name="factory">Makes an instance. A throw counts as a failure of the child.</param>
    /// <param name="options">Mailbox, dispatch and supervision of the child; <see cref="ActorOptions.Default"/> when null.</param>
    /// <exception cref="ArgumentException">The name is not allowed or taken by a living child.</exception>
    /// <exception cref="InvalidOperationException">This actor is stopping.</exception>
    IActorRef<TChild> Spawn<TChild>(string name, Func<Actor<TChild>> factory, ActorOptions? options = null);

    /// <summary>Stops a child, its descendants first. Returns at once; <see cref="Watch"/> tells when it has ended.</summary>
    /// <exception cref="ArgumentException">The ref is not a child of this actor.</exception>
    void Stop(IActorRef child);

    /// <summary>Stops this actor after the current message. Messages still in the mailbox become dead letters.</summary>
    void StopSelf();

    /// <summary>
    /// Has <paramref name="message"/> delivered here exactly once when the other actor has ended for good (restarts do not count), ahead
    /// of user messages and outside the mailbox's bound. An actor that has already ended is reported at once. Watching twice replaces
    /// the message. Watches end with this instance: after a restart, the new instance watches anew whom it wants to.
    /// </summary>
    /// <exception cref="ArgumentException">The ref is this actor itself, or belongs to a system of another engine.</exception>
    void Watch(IActorRef other, TMessage message);

    /// <summary>Ends a watch. Its message is not delivered after this returns.</summary>
    void Unwatch(IActorRef other);
}
