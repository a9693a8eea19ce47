using Libvirt.Connection;
using Libvirt.Diagnostics;
using Libvirt.Events;

namespace Libvirt;

// Connections one after the other.
internal sealed partial class HypervisorActor
{
    private void Connect()
    {
        if (_closing || _connection is not null)
            return;
        ConnectionHandle handle = new(hold);
        ConnectionReports reports = new(Context.Self, _events!);
        link.Publish(new HypervisorState.Connecting(_failedAttempts + 1), null);
        _connection = Context.Spawn($"connection-{++_connections}", () => new ConnectionActor(settings, handle, reports), settings.ActorOptions);
        Context.Watch(_connection, new ConnectionEnded(handle));
    }

    // The delay is over; where many wait for the same, each has a turn of its own.
    private void ConnectInTurn()
    {
        TimeSpan wait = settings.Pace?.TakeTurn(Context.Time.GetElapsedTime(0)) ?? TimeSpan.Zero;
        if (wait == TimeSpan.Zero)
        {
            Connect();
            return;
        }

        if (link.States.Current is HypervisorState.Backoff backoff)
            link.Publish(backoff with { NextAttempt = Context.Time.GetUtcNow() + wait }, null);
        Context.Timers.StartOnce(_reconnectTimer, wait, new ReconnectTurn());
    }

    private void AfterConnection(Exception? reason)
    {
        _connection = null;
        _ = _events!.TellWhenRoomAsync(new DetachConnection(reason)).AsTask();
        if (_closing)
        {
            CloseWhenAllEnded();
            return;
        }

        if (reason is null || !MayReconnect(reason))
        {
            Close(reason);
            return;
        }

        // A connection that was lost soon after it was made does not count as a success: the delays go on growing.
        bool lasted = link.States.Current is HypervisorState.Ready && Context.Time.GetElapsedTime(_readySince) >= settings.Options.ReconnectBackoff.ResetAfter;
        _delays = lasted ? 1 : _delays + 1;
        _failedAttempts++;
        TimeSpan delay = settings.Options.ReconnectBackoff.Delay(_delays, Random.Shared.NextDouble());
        HypervisorLog.Backoff(Context.Log, settings.Uri, _failedAttempts, delay, reason.Message);
        link.Publish(new HypervisorState.Backoff(_failedAttempts, Context.Time.GetUtcNow() + delay, reason), null);
        FailAwaitingReady(reason);
        Context.Timers.StartOnce(_reconnectTimer, delay, new Reconnect());
    }

    private bool MayReconnect(Exception reason) =>
        settings.Options.Reconnect
        && reason is not LibvirtConnectException { IsTransient: false }
        && (settings.Options.ReconnectAttempts is not { } limit || _failedAttempts < limit);
}
