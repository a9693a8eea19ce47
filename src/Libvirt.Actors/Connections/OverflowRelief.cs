using Libvirt.Calls;

namespace Libvirt.Connections;

/// <summary>
/// Decides which calls another connection takes, so that slow calls do not delay the others: when slow calls hold every place of the window, those that wait
/// move there; calls that are known to be slow move at once. The hypervisor opens that connection when it is asked to.
/// </summary>
internal sealed class OverflowRelief(HypervisorOptions options, ConnectionRole role, OutgoingCalls calls)
{
    private ConnectionHandle? _overflow;

    /// <summary>Whether calls wait because slow calls hold every place of the window.</summary>
    public bool IsStuck => calls.IsBackedUp && calls.AllInFlightFor(options.SlowCallAfter);

    /// <summary>The connection that takes calls from now on, unless there is an open one already.</summary>
    public void Use(ConnectionHandle overflow)
    {
        if (_overflow is null or { IsOpen: false })
            _overflow = overflow;
    }

    /// <summary>Whether the call must not take a place of this connection when another connection can take it.</summary>
    public bool IsKnownSlow(IPendingCall call) =>
        role == ConnectionRole.Main && call.Priority == CallPriority.Normal && options.MaxConnections > 1 && options.SlowProcedures.Contains(call.Procedure);

    /// <summary>Passes a call to the other connection. False when there is none.</summary>
    public bool TryMove(IPendingCall call)
    {
        if (_overflow is not { IsOpen: true } overflow)
            return false;
        overflow.Take(call);
        return true;
    }

    /// <summary>Passes the calls that wait to the other connection. False when there is none.</summary>
    public bool TryMoveWaiting()
    {
        if (_overflow is not { IsOpen: true } overflow)
            return false;
        while (calls.Waiting.Dequeue() is { } call)
            overflow.Take(call);
        return true;
    }
}
