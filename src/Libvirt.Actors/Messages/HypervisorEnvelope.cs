using Akka.Actor;
using Libvirt.Dispatch;

namespace Libvirt.Messages;

/// <summary>
/// A message for the hypervisor of a name. The guardian forwards it, so the hypervisor replies to the sender. If there is no hypervisor of that name, the sender
/// gets a <see cref="Status.Failure"/> with a <see cref="KeyNotFoundException"/> and the correlation id of the message.
/// </summary>
/// <param name="Name">The name of the hypervisor. Case is not significant.</param>
/// <param name="Message">The message, such as a <see cref="LibvirtCall"/>.</param>
public sealed record HypervisorEnvelope(string Name, object Message) : ILibvirtMessage, IAnswerable
{
    /// <summary>The correlation id of the message, if it has one.</summary>
    internal object? CorrelationId => (Message as ICorrelated)?.CorrelationId;

    void IAnswerable.OnUndelivered(IActorRef sender, IActorRef recipient) =>
        sender.Tell(new Status.Failure(new ObjectDisposedException(null, LibvirtRuntime.HasEnded), CorrelationId), recipient);
}
