using Akka.Actor;
using Libvirt.Connections;
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
        ConnectionHandle handle = new(_ref);
        ConnectionReports reports = new(Self, _events!, _eventGate);
        _link.Publish(new HypervisorState.Connecting(_failedAttempts + 1), null);
        _connection = Context.ActorOf(ConnectionActor.Props(_settings, handle, reports), $"connection-{++_connections}");
        Context.WatchWith(_connection, new ConnectionEnded(handle));
    }

    // The delay is over; where many wait for the same, each has a turn of its own.
    private void ConnectInTurn()
    {
        TimeSpan wait = _settings.Pace?.TakeTurn(_settings.Time.GetElapsedTime(0)) ?? TimeSpan.Zero;
        if (wait == TimeSpan.Zero)
        {
            Connect();
            return;
        }

        if (_link.States.Current is HypervisorState.Backoff backoff)
            _link.Publish(backoff with { NextAttempt = _settings.Time.GetUtcNow() + wait }, null);
        Timers.StartSingleTimer(_reconnectTimer, new ReconnectTurn(), wait);
    }

    private void AfterConnection(Exception? reason)
    {
        _connection = null;
        _events!.Tell(new DetachConnection(reason), ActorRefs.NoSender);
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
        bool lasted = _link.States.Current is HypervisorState.Ready && _settings.Time.GetElapsedTime(_readySince) >= _settings.Options.ReconnectBackoff.ResetAfter;
        _delays = lasted ? 1 : _delays + 1;
        _failedAttempts++;
        TimeSpan delay = _settings.Options.ReconnectBackoff.Delay(_delays, Random.Shared.NextDouble());
        HypervisorLog.Backoff(_log, _settings.Uri, _failedAttempts, delay, reason.Message);
        _link.Publish(new HypervisorState.Backoff(_failedAttempts, _settings.Time.GetUtcNow() + delay, reason), null);
        FailWhenReady(reason);
        Timers.StartSingleTimer(_reconnectTimer, new Reconnect(), delay);
    }

    /// <summary>Why a connection has ended. One that failed as it was created could not record that itself.</summary>
    private Exception? EndReasonOf(ConnectionHandle connection)
    {
        if (!connection.HasEnded)
        {
            connection.End(new LibvirtConnectException(
                ConnectFailure.Lost,
                $"The connection to {_settings.Endpoint} could not be made: its actor failed; the log of the actor system has the reason."));
        }

        return connection.EndReason;
    }

    private bool MayReconnect(Exception reason) =>
        _settings.Options.Reconnect
        && reason is not LibvirtConnectException { IsTransient: false }
        && (_settings.Options.ReconnectAttempts is not { } limit || _failedAttempts < limit);
}
