using Libvirt.Connection;
using Libvirt.FileDescriptors;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt.Calls;

/// <summary>
/// A call from its first breath to its end, as connections and hypervisors see it. It is the message that submits the call and the promise that
/// awaits its reply in one: <c>call-{serial}</c> in the tree. One actor has it at a time, and only that one touches its settable properties.
/// </summary>
internal interface IPendingCall : IConnectionMessage, IHypervisorMessage
{
    Procedure Procedure { get; }

    /// <summary>Who may use the slot that the window reserves.</summary>
    CallPriority Priority { get; }

    /// <summary>The time the call was given in all.</summary>
    TimeSpan Timeout { get; }

    /// <summary>The timestamp, on the system's clock, at which the time is over; <see cref="long.MaxValue"/> for never.</summary>
    long Deadline { get; }

    /// <summary>The timestamp until which a call waits for a connection.</summary>
    long HoldUntil { get; set; }

    /// <summary>Whether the asker has its outcome already.</summary>
    bool IsCompleted { get; }

    /// <summary>Whether the call has ever been put on a wire.</summary>
    bool WasSent { get; set; }

    /// <summary>The timestamp, on the system's clock, at which it was last put on a wire.</summary>
    long SentAt { get; set; }

    /// <summary>The serial it was last sent with.</summary>
    uint Serial { get; set; }

    /// <summary>Where the stream goes that the reply begins; null when it begins none.</summary>
    StreamPort? Stream { get; }

    /// <summary>Who has the call.</summary>
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
    /// <param name="answered">Takes the call for its asker to be told later; null to tell him now, through the thread pool.</param>
    /// <exception cref="ProtocolException">The payload is not the procedure's result. The call has not ended.</exception>
    void Complete(ReadOnlySpan<byte> payload, List<IWaiter>? answered);

    /// <summary>Ends the call with an error. False when it had ended already.</summary>
    bool TryFail(Exception error);
}
