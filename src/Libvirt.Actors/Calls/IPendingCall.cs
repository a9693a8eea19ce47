using Libvirt.Threads;
using Libvirt.Dispatch;
using Libvirt.FileDescriptors;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt.Calls;

/// <summary>
/// A call that has not ended, as connections and hypervisors see it: the request and its completion. Calls from asynchronous code are a
/// <see cref="PendingCall{TRet}"/>, calls from actors an <see cref="ActorCall"/>. One actor has it at a time, and only that one sets its properties.
/// </summary>
internal interface IPendingCall : IUndelivered
{
    Procedure Procedure { get; }

    /// <summary>Which part of the in-flight window it may use.</summary>
    CallPriority Priority { get; }

    /// <summary>The time the call was given in all.</summary>
    TimeSpan Timeout { get; }

    /// <summary>The timestamp, on the system's clock, at which the time is over; <see cref="long.MaxValue"/> for never.</summary>
    long Deadline { get; }

    /// <summary>The timestamp until which a call waits for a connection.</summary>
    long HoldUntil { get; set; }

    /// <summary>Whether the caller has its outcome already.</summary>
    bool IsCompleted { get; }

    /// <summary>Whether the call has ever been put on a wire.</summary>
    bool WasSent { get; set; }

    /// <summary>The timestamp, on the system's clock, at which it was last put on a wire.</summary>
    long SentAt { get; set; }

    /// <summary>The serial it was last sent with.</summary>
    uint Serial { get; set; }

    /// <summary>Where the stream goes that the reply begins; null when it begins none.</summary>
    StreamPort? Stream { get; }

    /// <summary>What has the call.</summary>
    ICallHolder? Holder { get; set; }

    /// <summary>The file descriptors that go with it and come with its reply; null for nearly every call.</summary>
    DescriptorExchange? Descriptors { get; }

    /// <summary>Its neighbours in the holder's queue. Only <see cref="CallQueue"/> touches them.</summary>
    IPendingCall? Next { get; set; }

    /// <inheritdoc cref="Next"/>
    IPendingCall? Previous { get; set; }

    /// <summary>Which queue it is in, if any. Only <see cref="CallQueue"/> sets it.</summary>
    CallQueue? Queue { get; set; }

    void WriteArguments(ref XdrWriter writer);

    /// <summary>
    /// Decodes the result and ends the call with it. The connection must have forgotten the call before: it may serve another one right after.
    /// </summary>
    /// <param name="payload">The result, encoded.</param>
    /// <param name="unblocked">Collects the call, so that its caller continues on this thread after the turn; null to continue on the thread pool.</param>
    /// <exception cref="ProtocolException">The payload is not the procedure's result. The call has not ended.</exception>
    void Complete(ReadOnlySpan<byte> payload, List<IContinuation>? unblocked);

    /// <summary>Ends the call with an error. False when it had ended already.</summary>
    bool TryFail(Exception error);
}
