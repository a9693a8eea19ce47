using System.Diagnostics;
using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Dispatch;
using Libvirt.Protocol;

namespace Libvirt.Messages;

/// <summary>
/// A call that an actor sends to a hypervisor as a message. The sender gets a <see cref="CallReply{TRet}"/>, or a <see cref="Status.Failure"/> with what a
/// call from asynchronous code would throw. Create it with <see cref="CallMessages.Call{TArgs, TRet}"/>.
/// </summary>
/// <remarks>
/// While the call is in flight, the connection has a child actor <c>call-{serial}</c> for it. When the sender stops, or sends <see cref="CancelCall"/>, the
/// call is given up; the daemon may still carry it out. While the hypervisor is not ready, the call waits up to <see cref="HypervisorOptions.ReadyTimeout"/>.
/// A call to a hypervisor that was closed is answered with a failure.
/// </remarks>
public abstract record LibvirtCall : ILibvirtMessage, ICorrelated, IAnswerable
{
    private protected LibvirtCall(Procedure procedure)
    {
        Procedure = procedure;
    }

    /// <summary>Which procedure is called.</summary>
    public Procedure Procedure { get; }

    /// <summary>The call's own limits; those of the hypervisor by default.</summary>
    public CallOptions Options { get; init; }

    /// <summary>
    /// Returned with the reply, in <see cref="CallReply{TRet}.CorrelationId"/> or <see cref="Status.Failure.State"/>, and named by <see cref="CancelCall"/>.
    /// Null by default.
    /// </summary>
    public object? CorrelationId { get; init; }

    /// <summary>The activity that the call belongs to, since <see cref="Activity.Current"/> does not cross a mailbox. The one where the message is created by default.</summary>
    public ActivityContext ActivityContext { get; init; } = Activity.Current?.Context ?? default;

    /// <summary>The arguments.</summary>
    internal abstract IXdrWritable WireArgs { get; }

    /// <summary>Begins to carry the call out for its requester.</summary>
    internal abstract ActorCall Begin(CallOrigin origin);

    /// <summary>Answers a call that never began, because its hypervisor was closed.</summary>
    internal void Refuse(IActorRef requester, IActorRef hypervisor, Exception? reason) =>
        requester.Tell(new Status.Failure(CallFailures.HypervisorClosed(Procedure, sent: false, reason), CorrelationId), hypervisor);

    void IAnswerable.OnUndelivered(IActorRef sender, IActorRef recipient) => Refuse(sender, recipient, null);
}

/// <summary>A call of a procedure with its argument and result types.</summary>
/// <typeparam name="TArgs">The arguments, as on the wire.</typeparam>
/// <typeparam name="TRet">The result, as on the wire.</typeparam>
public sealed record LibvirtCall<TArgs, TRet> : LibvirtCall
    where TArgs : class, IXdrWritable
    where TRet : class, IXdrReadable<TRet>
{
    internal LibvirtCall(Procedure<TArgs, TRet> procedure, TArgs args)
        : base(procedure)
    {
        Args = args;
    }

    /// <summary>The arguments. They are read when the call is sent; do not change them until the reply arrives.</summary>
    public TArgs Args { get; }

    internal override IXdrWritable WireArgs => Args;

    internal override ActorCall Begin(CallOrigin origin) => new ActorCall<TRet>(this, Args, origin);
}
