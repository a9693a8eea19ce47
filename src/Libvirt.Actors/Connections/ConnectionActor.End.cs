using Libvirt.Calls;
using Libvirt.Diagnostics;

namespace Libvirt.Connections;

// The single teardown path.
internal sealed partial class ConnectionActor
{
    /// <summary>Ends the connection because of <paramref name="reason"/>. The first reason wins.</summary>
    private void Fail(Exception reason)
    {
        if (_state == ConnectionState.Closed)
            return;
        if (_hasSentClose)
        {
            // The daemon closes its end after it has answered the close call, or before.
            End(null);
            return;
        }

        if (_state is ConnectionState.Connecting or ConnectionState.Handshaking)
            reason = ConnectFailures.Explain(reason, settings);
        ConnectionLog.Lost(_log, settings.Endpoint, reason.Message);
        End(reason);
    }

    /// <summary>Ends the connection: with a reason after a failure, without one when it was closed in order.</summary>
    private void End(Exception? reason)
    {
        if (_state == ConnectionState.Closed)
            return;
        _state = ConnectionState.Closed;
        handle.End(reason);
        _queueTelemetry?.End();
        foreach (IPendingCall call in _inFlight.TakeAwaited().Concat(Drain(_urgent)).Concat(Drain(_waiting)))
            ReturnOrFail(call, reason);
        DropOutgoing(static _ => true);
        _transport?.Dispose();
        _sender?.Dispose();
        _stopping.Cancel();
        if (!_hasStopped)
            Context.Stop(Self);
    }

    /// <summary>After a failure, a call that only reads is passed to the next connection; every other call ends here.</summary>
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
