using Libvirt.Calls;
using Libvirt.Diagnostics;

namespace Libvirt.Connection;

// The one way to die.
internal sealed partial class ConnectionActor
{
    /// <summary>Ends the connection because of <paramref name="reason"/>. The first reason wins.</summary>
    private void Fault(Exception reason)
    {
        if (_state == ConnectionState.Closed)
            return;
        if (_saidGoodbye)
        {
            // The daemon closes its end when it has answered the goodbye, or before.
            End(null);
            return;
        }

        if (_state is ConnectionState.Connecting or ConnectionState.Handshaking)
            reason = ConnectFailures.Explain(reason, settings);
        ConnectionLog.Lost(Context.Log, settings.Endpoint, reason.Message);
        End(reason);
    }

    /// <summary>Ends the connection: with a reason after a fault, without one when it was closed in order.</summary>
    private void End(Exception? reason)
    {
        if (_state == ConnectionState.Closed)
            return;
        _state = ConnectionState.Closed;
        handle.End(reason);
        _queueTelemetry?.End();
        foreach (IPendingCall call in _onTheWire.TakeAwaited().Concat(Drain(_urgent)).Concat(Drain(_waiting)))
            ReturnOrFail(call, reason);
        DropOutgoing(static _ => true);
        _transport?.Dispose();
        _sender?.Dispose();
        Context.StopSelf();
    }

    /// <summary>After a fault, a call that only reads may go on with the next connection; every other call ends here.</summary>
    private void ReturnOrFail(IPendingCall call, Exception? reason)
    {
        if (call.IsCompleted)
            return;
        if (reason is not null && call.Procedure.IsReading && settings.Options.RetryReads && call.Priority == CallPriority.Normal
            && handle.Successor is { } successor)
            successor.Take(call);
        else
            call.TryFail(CallFailures.ConnectionEnded(call, reason));
    }

    private static IEnumerable<IPendingCall> Drain(CallQueue queue)
    {
        while (queue.Dequeue() is { } call)
            yield return call;
    }
}
