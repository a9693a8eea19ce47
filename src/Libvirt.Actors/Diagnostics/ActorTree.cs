using Akka.Actor;

namespace Libvirt.Diagnostics;

/// <summary>The actors that live below an actor of this process.</summary>
internal static class ActorTree
{
    /// <summary>The actor and all its descendants, parents first. Actors that start or stop meanwhile may be missing.</summary>
    public static IEnumerable<ActorRefWithCell> Below(IActorRef root)
    {
        if (root is not ActorRefWithCell local || local.Underlying is { IsTerminated: true })
            yield break;
        yield return local;
        foreach (IActorRef child in local.Children)
        {
            foreach (ActorRefWithCell descendant in Below(child))
                yield return descendant;
        }
    }
}
