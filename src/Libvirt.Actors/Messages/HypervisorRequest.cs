using Akka.Actor;
using Libvirt.Dispatch;

namespace Libvirt.Messages;

/// <summary>
/// A request to <c>/user/libvirt</c>, the actor that <see cref="LibvirtRuntime.Guardian"/> names. A request that fails is answered with a
/// <see cref="Status.Failure"/>, also when the runtime has ended.
/// </summary>
public abstract record HypervisorRequest : ILibvirtMessage, IAnswerable
{
    private protected HypervisorRequest()
    {
    }

    /// <summary>Returned with the reply, in its <c>CorrelationId</c> or in <see cref="Status.Failure.State"/>. Null by default.</summary>
    public object? CorrelationId { get; init; }

    void IAnswerable.OnUndelivered(IActorRef sender, IActorRef recipient) =>
        sender.Tell(new Status.Failure(new ObjectDisposedException(null, LibvirtRuntime.HasEnded), CorrelationId), recipient);
}
