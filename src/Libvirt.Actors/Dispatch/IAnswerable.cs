using Akka.Actor;

namespace Libvirt.Dispatch;

/// <summary>A message to a hypervisor from any actor, whose sender gets an answer even when the hypervisor has stopped.</summary>
internal interface IAnswerable
{
    /// <summary>No actor handles the message. Called once, on the thread that found out; must be quick and must not throw.</summary>
    /// <param name="sender">Who gets the answer.</param>
    /// <param name="recipient">The actor that has stopped, which is the sender of the answer.</param>
    void OnUndelivered(IActorRef sender, IActorRef recipient);
}
