using Libvirt.Messages;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;

namespace Libvirt.Calls;

/// <summary>The exceptions that calls end with.</summary>
internal static class CallFailures
{
    public static LibvirtConnectionLostException ConnectionEnded(IPendingCall call, Exception? reason) =>
        ConnectionEnded(call.Procedure, call.WasSent, reason);

    /// <summary>A connection ended of <paramref name="reason"/>; one that ended of none was closed, with its hypervisor.</summary>
    public static LibvirtConnectionLostException ConnectionEnded(Procedure procedure, bool sent, Exception? reason) =>
        Ended(procedure, sent, reason, isForGood: reason is null);

    /// <summary>The hypervisor was closed, by its owner or of <paramref name="reason"/>: there will be no other connection.</summary>
    public static LibvirtConnectionLostException HypervisorClosed(IPendingCall call, Exception? reason) =>
        HypervisorClosed(call.Procedure, call.WasSent, reason);

    /// <inheritdoc cref="HypervisorClosed(IPendingCall, Exception?)"/>
    public static LibvirtConnectionLostException HypervisorClosed(Procedure procedure, bool sent, Exception? reason) =>
        Ended(procedure, sent, reason, isForGood: true);

    public static LibvirtConnectionLostException NotReady(IPendingCall call, Exception? reason)
    {
        string cause = reason is null ? "" : " The last attempt failed: " + reason.Message;
        return new LibvirtConnectionLostException($"{call.Procedure.Name} was not sent: there is no connection.{cause}", call.WasSent, reason);
    }

    public static LibvirtTimeoutException TimedOut(IPendingCall call)
    {
        string fate = call.WasSent ? "was sent but not answered" : "waited for its turn and was not sent";
        return new LibvirtTimeoutException($"{call.Procedure.Name} {fate} within {call.Timeout.TotalSeconds:0.###} s.", call.WasSent, call.Timeout);
    }

    /// <summary>An error reply, as the exception that tells most about it.</summary>
    public static LibvirtRemoteException Remote(Procedure procedure, ReadOnlySpan<byte> payload)
    {
        RemoteError error = XdrPayload.Read<RemoteError>(payload);
        return IsUnknownProcedure(error) ? new LibvirtNotSupportedException(procedure, error) : new LibvirtRemoteException(procedure.Name, error);
    }

    /// <summary>Whether the daemon is itself the client of another one, and has no connection to it any more.</summary>
    public static bool IsOfBrokenProxy(LibvirtRemoteException error) =>
        error is { Code: ErrorNumber.InternalError, Domain: ErrorDomain.Rpc } && error.Message.Contains("client socket is closed", StringComparison.Ordinal);

    /// <summary>Whether the daemon is itself the client of another one, and could not reach it.</summary>
    public static bool IsOfUnreachedDaemon(LibvirtRemoteException error) => error is { Code: ErrorNumber.SystemError, Domain: ErrorDomain.Rpc };

    /// <summary>A batch that reached a hypervisor which has closed, or closes.</summary>
    public static LibvirtConnectionLostException BatchRefused(Exception? reason)
    {
        string cause = reason is null ? "the hypervisor was closed" : "the connection was lost: " + reason.Message.TrimEnd('.');
        return new LibvirtConnectionLostException($"The batch was not sent; {cause}.", sent: false, reason, isForGood: true);
    }

    /// <summary>What is wrong with a batch; null when nothing is.</summary>
    public static Exception? WhyNotABatch(LibvirtBatch batch, int queueCapacity)
    {
        if (batch.Calls is null || batch.Calls.Count == 0 || batch.Calls.Contains(null!))
            return new ArgumentException("A batch must have at least one call, and no call may be null.");
        return batch.Calls.Count <= queueCapacity
            ? null
            : new ArgumentException($"The batch has {batch.Calls.Count} calls, more than the queue of the hypervisor holds ({queueCapacity}, QueueCapacity).");
    }

    private static LibvirtConnectionLostException Ended(Procedure procedure, bool sent, Exception? reason, bool isForGood)
    {
        string cause = reason is null ? "the hypervisor was closed" : "the connection was lost: " + reason.Message.TrimEnd('.');
        string fate = sent ? "may or may not have been carried out" : "was not sent";
        return new LibvirtConnectionLostException($"{procedure.Name} {fate}; {cause}.", sent, reason, isForGood);
    }

    // The daemon's dispatcher has no code of its own for this: it reports a general RPC failure and says the rest in words.
    private static bool IsUnknownProcedure(RemoteError error) =>
        (ErrorNumber)error.Code == ErrorNumber.Rpc
        && (ErrorDomain)error.Domain is ErrorDomain.Remote or ErrorDomain.Rpc
        && error.Message?.Contains("unknown procedure", StringComparison.Ordinal) == true;
}
