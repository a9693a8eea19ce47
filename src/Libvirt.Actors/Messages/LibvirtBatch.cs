using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Dispatch;

namespace Libvirt.Messages;

/// <summary>
/// Several calls in one message to a hypervisor, with one reply for all: a <see cref="BatchReply"/> when the last call has ended. A caller on another node thus
/// needs two messages instead of two for each call. The calls run side by side, each with its own <see cref="LibvirtCall.Options"/>, and are not a transaction.
/// </summary>
/// <remarks>
/// When the sender stops, all calls are given up. <see cref="CancelCall"/> with the batch's correlation id cancels its calls that have not ended, one with the
/// correlation id of a call in it that call; the reply then has the results of the others.
/// </remarks>
/// <param name="Calls">The calls, of any programs. Not empty.</param>
public sealed record LibvirtBatch(IReadOnlyList<LibvirtCall> Calls) : ILibvirtMessage, ICorrelated, IAnswerable
{
    /// <summary>A batch of these calls.</summary>
    public LibvirtBatch(params LibvirtCall[] calls)
        : this((IReadOnlyList<LibvirtCall>)calls)
    {
    }

    /// <summary>Returned with the reply, in <see cref="BatchReply.CorrelationId"/> or in <see cref="Status.Failure.State"/>. Null by default.</summary>
    public object? CorrelationId { get; init; }

    void IAnswerable.OnUndelivered(IActorRef sender, IActorRef recipient) =>
        sender.Tell(new Status.Failure(CallFailures.BatchRefused(null), CorrelationId), recipient);
}
