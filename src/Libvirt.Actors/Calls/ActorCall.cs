using Libvirt.Threads;
using Akka.Actor;
using Libvirt.Diagnostics;
using Libvirt.FileDescriptors;
using Libvirt.Messages;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt.Calls;

/// <summary>
/// A call that arrived as a message. It ends exactly once: by its reply, an error, its deadline, cancellation, the end of its requester or of the hypervisor.
/// The outcome is told to the <see cref="CallActor"/> that awaits it, or to the requester itself while there is none.
/// </summary>
internal abstract class ActorCall(LibvirtCall message, IXdrWritable args, CallOrigin origin) : IPendingCall
{
    private readonly CallActivity _activity = CallActivity.Begin(message, origin.Uri);
    private int _isCompleted;

    public IActorRef Requester => origin.Requester;

    public object? CorrelationId => message.CorrelationId;

    /// <summary>The child of the connection that has the call; null while the hypervisor has it.</summary>
    public IActorRef? Child { get; set; }

    public Procedure Procedure => message.Procedure;

    public CallPriority Priority => CallPriority.Normal;

    public TimeSpan Timeout => origin.Timeout;

    public long Deadline => origin.Deadline;

    public long HoldUntil { get; set; }

    public bool IsCompleted => Volatile.Read(ref _isCompleted) != 0;

    public bool WasSent { get; set; }

    public long SentAt { get; set; }

    public uint Serial { get; set; }

    public StreamPort? Stream => null;

    public ICallHolder? Holder { get; set; }

    public DescriptorExchange? Descriptors => null;

    public IPendingCall? Next { get; set; }

    public IPendingCall? Previous { get; set; }

    public CallQueue? Queue { get; set; }

    public void WriteArguments(ref XdrWriter writer) => args.Write(ref writer);

    public abstract void Complete(ReadOnlySpan<byte> payload, List<IContinuation>? unblocked);

    public bool TryFail(Exception error) => TryEnd(new Status.Failure(error, CorrelationId), error);

    /// <summary>Ends the call without a reply: its requester has stopped.</summary>
    public bool TryAbandon()
    {
        if (Interlocked.Exchange(ref _isCompleted, 1) != 0)
            return false;
        _activity.End(new OperationCanceledException("The requester has stopped."));
        return true;
    }

    /// <summary>Tells the requester the outcome.</summary>
    public void Reply(object outcome) => origin.Requester.Tell(outcome, origin.Hypervisor);

    public void OnUndelivered() => UndeliveredCalls.Redirect(this);

    protected bool TryEnd(object outcome, Exception? error)
    {
        if (Interlocked.Exchange(ref _isCompleted, 1) != 0)
            return false;
        _activity.End(error);
        if (Child is { } child)
            child.Tell(new CallOutcome(this, outcome), ActorRefs.NoSender);
        else
            Reply(outcome);
        return true;
    }
}

/// <summary>A call from an actor that awaits a <typeparamref name="TRet"/>.</summary>
internal sealed class ActorCall<TRet>(LibvirtCall message, IXdrWritable args, CallOrigin origin) : ActorCall(message, args, origin)
    where TRet : class, IXdrReadable<TRet>
{
    public override void Complete(ReadOnlySpan<byte> payload, List<IContinuation>? unblocked) =>
        TryEnd(new CallReply<TRet>(XdrPayload.Read<TRet>(payload), CorrelationId), null);
}
