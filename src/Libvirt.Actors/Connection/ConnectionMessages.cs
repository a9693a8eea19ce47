using Actors;
using Libvirt.Calls;
using Libvirt.Protocol;
using Libvirt.Transport;

namespace Libvirt.Connection;

/// <summary>Nobody awaits the call any longer.</summary>
internal sealed record AbandonCall(IPendingCall Call) : IConnectionMessage;

/// <summary>The transport stands; the handshake may begin. A connection that has been told to stop does not take it over: then it is closed.</summary>
internal sealed record TransportConnected(IByteTransport Transport) : IConnectionMessage, INotifyUndelivered
{
    public void OnUndelivered(TellResult reason)
    {
        if (reason == TellResult.Stopped)
            Transport.Dispose();
    }
}

/// <summary>Authentication and opening are done; calls may begin.</summary>
internal sealed record HandshakeCompleted(ConnectionFeatures Features) : IConnectionMessage;

/// <summary>Something outside of a turn went wrong: a receive, a send, the transport or the handshake.</summary>
internal sealed record ConnectionFailed(Exception Reason) : IConnectionMessage;

/// <summary>The pending send has been taken by the kernel.</summary>
internal sealed record SendCompleted : IConnectionMessage;

/// <summary>The callers that a reading thread let go on have made their next calls.</summary>
internal sealed record CallersWentOn : IConnectionMessage
{
    public static CallersWentOn Message { get; } = new();
}

/// <summary>Time to look for calls whose deadline has passed.</summary>
internal sealed record SweepDeadlines : IConnectionMessage;

/// <summary>Time to look whether every place of the window is held by a slow call.</summary>
internal sealed record LookForStuckCalls : IConnectionMessage;

/// <summary>Pass calls that find no place on to this connection.</summary>
internal sealed record UseOverflow(ConnectionHandle Overflow) : IConnectionMessage;

/// <summary>Finish or abort a stream: an empty packet that overtakes data which waits for the socket, and ends the writing.</summary>
internal sealed record SendStreamEnd(MessageHeader Header) : IConnectionMessage;

/// <summary>The actor of a stream has ended.</summary>
internal sealed record StreamEnded(uint Serial) : IConnectionMessage;

/// <summary>Time to ask whether the daemon is alive.</summary>
internal sealed record KeepAliveTick : IConnectionMessage;

/// <summary>Refuse new calls, let those under way end within the limit, say goodbye, close.</summary>
internal sealed record CloseConnection(TimeSpan Limit) : IConnectionMessage;

/// <summary>Report readiness when the call that was given up, and the stream it may have begun, are over; close when that takes longer.</summary>
internal sealed record SettleConnection(TimeSpan Limit) : IConnectionMessage;

/// <summary>What was given up has not ended in time.</summary>
internal sealed record SettlingTookTooLong : IConnectionMessage;

/// <summary>The limit of an orderly close is over, or the daemon has taken its leave.</summary>
internal sealed record FinishClose : IConnectionMessage;
