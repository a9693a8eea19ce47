using Libvirt.Calls;
using Libvirt.Diagnostics;
using Libvirt.Protocol;
using Libvirt.Threads;
using Microsoft.Extensions.Logging;

namespace Libvirt.Connections;

/// <summary>Completes calls with their replies and begins the streams that replies bring. Used in the connection's turns only.</summary>
internal sealed class ReplyHandler(OutgoingCalls calls, StreamTable streams, ConnectionHandle connection, ConnectionSettings settings, ILogger log)
{
    /// <summary>Handles the reply to a call.</summary>
    /// <param name="call">The call, which is in flight no longer; null when it was abandoned.</param>
    /// <param name="header">The header of the reply.</param>
    /// <param name="payload">The result or the error, encoded.</param>
    /// <param name="unblocked">Collects the continuation of the caller; null to queue it to the thread pool.</param>
    /// <returns>Why the connection must end; null if it continues.</returns>
    public Exception? Handle(IPendingCall? call, in MessageHeader header, ReadOnlySpan<byte> payload, List<IContinuation>? unblocked)
    {
        if (call is null || call.IsCompleted)
        {
            ConnectionLog.LateReply(log, header.Procedure, header.Serial);
            streams.Unclaimed(header);
            return null;
        }

        calls.Answered(call);
        Procedure procedure = call.Procedure;
        if (header.Program != procedure.Program || header.Version != procedure.Version || header.Procedure != procedure.Number)
            return Reject(call, $"The reply to {procedure.Name} (serial {header.Serial}) names procedure {header.Procedure} of program 0x{header.Program:x}.");
        try
        {
            switch (header.Status)
            {
                case MessageStatus.Ok:
                    if (call.Stream is { } port)
                        streams.Begin(header, port);
                    call.Complete(payload, unblocked);
                    return null;
                case MessageStatus.Error:
                    streams.DropEarlyPackets(header.Serial);
                    return Fail(call, CallFailures.Remote(procedure, payload));
                default:
                    return Reject(call, $"The reply to {procedure.Name} has status {header.Status}.");
            }
        }
        catch (ProtocolException error)
        {
            return Reject(call, $"The reply to {procedure.Name} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>
    /// Fails a call with the daemon's error. A proxy daemon that has lost its own connection to the daemon behind it keeps ours open and serves nothing more
    /// on it, so ours must end, and the call is put back to be retried with the others. Only calls that read show this: one that changes something may have
    /// failed at a third daemon, that of a migration.
    /// </summary>
    private IOException? Fail(IPendingCall call, LibvirtRemoteException error)
    {
        bool isReady = calls.IsOpen && connection.IsOpen;
        if (!isReady || !call.Procedure.IsReading || !CallFailures.IsOfBrokenProxy(error))
        {
            call.TryFail(error);
            return null;
        }

        calls.Serials.Restore(call);
        return new IOException($"The daemon on {settings.Endpoint} has lost the one behind it: {error.Message}", error);
    }

    /// <summary>A reply that breaks the protocol fails its call with the details, and ends the connection.</summary>
    private static LibvirtProtocolException Reject(IPendingCall call, string text, Exception? error = null)
    {
        LibvirtProtocolException reason = new(text, error);
        call.TryFail(reason);
        return reason;
    }
}
