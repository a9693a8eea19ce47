using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Libvirt.Dispatch;

/// <summary>
/// Reports the end of an actor to code outside of actors, also of one that failed as it was created. Unlike Akka's WatchAsync it does not keep the context of its
/// caller.
/// </summary>
internal sealed class DeathWatch(ExtendedActorSystem system) : MinimalActorRef
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ActorPath Path { get; } = system.Provider.RootPath / "libvirt-death-watch";

    public override IActorRefProvider Provider => system.Provider;

    /// <summary>Completes when the actor has stopped.</summary>
    public static Task WhenStopped(IActorRef actor, ExtendedActorSystem system)
    {
        IInternalActorRef watched = (IInternalActorRef)actor;
        DeathWatch watcher = new(system);
        watched.SendSystemMessage(new Watch(watched, watcher));
        return watcher._ended.Task;
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is DeathWatchNotification)
            _ended.TrySetResult();
    }
}
