namespace Actors.Embedded;

/// <summary>Wants to know when an actor has ended for good.</summary>
internal interface IEndObserver
{
    /// <summary>Runs once, on the thread of the actor's last turn.</summary>
    void ActorEnded();
}
