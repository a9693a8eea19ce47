using Actors.Embedded;

namespace Actors;

/// <summary>Creates actor systems that run on the embedded engine.</summary>
public static class ActorSystem
{
    /// <summary>Creates an empty system. Dispose it to stop its actors.</summary>
    /// <param name="options">Name, clock, logging and limits; the defaults when null.</param>
    public static IActorSystem Create(ActorSystemOptions? options = null) => new EmbeddedActorSystem(options ?? new ActorSystemOptions());
}
