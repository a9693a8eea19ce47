namespace Actors;

/// <summary>The address of an actor, whatever it takes. Two refs are equal when they address the same incarnation.</summary>
public interface IActorRef
{
    /// <summary>Where the actor lives in its system's tree.</summary>
    ActorPath Path { get; }

    /// <summary>The system the actor lives in.</summary>
    IActorSystem System { get; }
}

/// <summary>The address of an actor that takes <typeparamref name="TMessage"/>. Free-threaded; keeps no actor alive.</summary>
public interface IActorRef<in TMessage> : IActorRef
{
    /// <summary>
    /// Puts <paramref name="message"/> into the actor's mailbox, or says why it could not. Never blocks and never throws. An actor
    /// that asked for inline dispatch and is idle may handle the message on the calling thread before this returns: hold no lock.
    /// </summary>
    TellResult TryTell(TMessage message);
}
