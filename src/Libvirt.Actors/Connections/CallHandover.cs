using Libvirt.Calls;

namespace Libvirt.Connections;

/// <summary>What becomes of a call that its connection cannot serve: its successor takes it, or it fails.</summary>
internal sealed class CallHandover(HypervisorOptions options, ConnectionHandle connection, ConnectionRole role)
{
    /// <summary>
    /// A call that the end of the connection interrupts. After a failure, a call that only reads is passed to the next connection, if
    /// <see cref="HypervisorOptions.RetryReads"/> allows it; every other call fails.
    /// </summary>
    /// <param name="call">The call; without effect when it has been completed.</param>
    /// <param name="reason">Why the connection failed; null when it was closed.</param>
    public void RetryOrFail(IPendingCall call, Exception? reason)
    {
        if (call.IsCompleted)
            return;
        if (reason is not null && call.Procedure.IsReading && options.RetryReads && call.Priority == CallPriority.Normal && connection.Successor is { } successor)
            successor.Take(call);
        else
            call.TryFail(CallFailures.ConnectionEnded(call, reason));
    }

    /// <summary>A call that arrives while the connection closes. The connection that an overflow connection relieved still takes it.</summary>
    public void Redirect(IPendingCall call)
    {
        if (call.IsCompleted)
            return;
        if (role == ConnectionRole.Overflow && connection.Successor is { } successor)
            successor.Take(call);
        else
            RetryOrFail(call, connection.EndReason);
    }
}
