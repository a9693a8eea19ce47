using Akka.Actor;

namespace Libvirt.TestKit;

/// <summary>A scheduled message.</summary>
internal sealed class ScheduledTell(VirtualTimeScheduler scheduler, ICanTell receiver, object message, IActorRef? sender) : ScheduledWork(scheduler)
{
    protected override Type Origin => message.GetType();

    public override string ToString() => $"message {message} to {receiver}";

    protected override void Run() => receiver.Tell(message, sender ?? ActorRefs.NoSender);
}
