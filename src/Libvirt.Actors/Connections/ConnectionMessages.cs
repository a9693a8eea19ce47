using Akka.Actor;
using Akka.Event;
using Libvirt.Calls;
using Libvirt.Dispatch;
using Libvirt.Protocol;
using Libvirt.Transports;

namespace Libvirt.Connections;

/// <summary>A message between the runtime's own actors, never sent to another process.</summary>
internal interface ILocalMessage : IDeadLetterSuppression, INoSerializationVerificationNeeded;

/// <summary>The caller has given the call up.</summary>
internal sealed record AbandonCall(IPendingCall Call) : ILocalMessage;

/// <summary>A requester cancels its calls that carry this correlation id.</summary>
internal sealed record CancelActorCalls(IActorRef Requester, object CorrelationId) : ILocalMessage
{
    public bool Includes(ActorCall call) => call.Requester.Equals(Requester) && CorrelationId.Equals(call.CorrelationId);
}

/// <summary>The actor of a call has stopped.</summary>
internal sealed record CallActorEnded(ActorCall Call, uint Serial) : ILocalMessage;

/// <summary>The transport is connected; the handshake can begin. A connection that has stopped does not take the transport over: it is closed.</summary>
internal sealed record TransportConnected(IByteTransport Transport) : ILocalMessage, IUndelivered
{
    public void OnUndelivered() => Transport.Dispose();
}

/// <summary>Authentication and opening have succeeded; calls can begin.</summary>
internal sealed record HandshakeCompleted(ConnectionFeatures Features) : ILocalMessage;

/// <summary>Something outside of a turn failed: a receive, a send, the transport or the handshake.</summary>
internal sealed record ConnectionFailed(Exception Reason) : ILocalMessage;

/// <summary>The pending send has completed.</summary>
internal sealed record SendCompleted : ILocalMessage;

/// <summary>Told by a connection to itself, behind the messages that are in its mailbox: what is sent once per batch is sent now.</summary>
internal sealed record EndOfBatch : ILocalMessage
{
    public static EndOfBatch Message { get; } = new();
}

/// <summary>The callers that continued on the reader thread have made their next calls.</summary>
internal sealed record ContinuationsCompleted : ILocalMessage
{
    public static ContinuationsCompleted Message { get; } = new();
}

/// <summary>Time to fail the calls whose deadline has passed.</summary>
internal sealed record SweepDeadlines : ILocalMessage;

/// <summary>Time to check whether a slow call holds every place of the window.</summary>
internal sealed record CheckForStuckCalls : ILocalMessage;

/// <summary>Pass calls that find no place in the window to this connection.</summary>
internal sealed record UseOverflow(ConnectionHandle Overflow) : ILocalMessage;

/// <summary>Finish or abort a stream: an empty packet that overtakes data which waits for the socket, and ends the writing.</summary>
internal sealed record SendStreamEnd(MessageHeader Header) : ILocalMessage;

/// <summary>The actor of a stream has stopped.</summary>
internal sealed record StreamEnded(uint Serial) : ILocalMessage;

/// <summary>Time to check whether the daemon is alive.</summary>
internal sealed record KeepAliveTick : ILocalMessage;

/// <summary>Refuse new calls, let those in flight end within the limit, send the close call, close.</summary>
internal sealed record CloseConnection(TimeSpan Limit) : ILocalMessage;

/// <summary>Report readiness when the call that was given up, and the stream it may have begun, have ended; close when that takes longer than the limit.</summary>
internal sealed record SettleConnection(TimeSpan Limit) : ILocalMessage;

/// <summary>What was given up has not ended in time.</summary>
internal sealed record SettlingTimedOut : ILocalMessage;

/// <summary>The limit of an orderly close has passed, or the daemon has answered the close call.</summary>
internal sealed record FinishClose : ILocalMessage;
