namespace Actors;

/// <summary>Where an actor's turns run. A hint: an engine without inline dispatch runs every turn on the pool.</summary>
public enum ActorDispatch
{
    /// <summary>On the thread pool.</summary>
    Pooled,

    /// <summary>On the teller's thread when the actor is idle and the nesting of inline turns is shallow; else on the pool.</summary>
    Inline,
}
