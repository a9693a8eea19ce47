using Libvirt.Diagnostics;
using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;

namespace Libvirt.Connections;

// Keepalive, in both directions.
internal sealed partial class ConnectionActor
{
    // Null during the handshake, with a daemon that does not know keepalive, and where it is turned off.
    private KeepAliveMonitor? _keepAlive;

    // Whether data was sent to a console and no later ping has been answered since, which would show that the daemon has read it.
    private bool _hasUnprovenData;

    private void StartKeepAlive(ConnectionFeatures features)
    {
        if (features.KeepAlive)
        {
            _keepAlive = new KeepAliveMonitor(settings.Options.KeepAliveInterval, settings.Options.KeepAliveCount, settings.Time);
            Timers.StartSingleTimer(TimerKeys.KeepAlive, new KeepAliveTick(), _keepAlive.FirstLook);
        }
        else if (settings.Options.KeepAliveInterval != Timeout.InfiniteTimeSpan)
        {
            ConnectionLog.NoKeepAlive(_log, settings.Endpoint);
        }
    }

    private void CheckKeepAlive(KeepAliveMonitor keepAlive)
    {
        // While the user of a stream holds the socket, the runtime itself does not listen; and a daemon whose guest does not read its console cannot read
        // the ping.
        if (_frames is { IsHeld: true } || _hasUnprovenData)
            keepAlive.Heard();
        switch (keepAlive.Look(out TimeSpan next))
        {
            case KeepAliveVerdict.Ping:
                _sender?.AddKeepAlive(KeepAliveProcedure.Ping);
                break;
            case KeepAliveVerdict.Dead:
                Fail(new TimeoutException($"The daemon has been silent for {keepAlive.Silence.TotalSeconds:0.#} s and has not answered pings."));
                return;
        }

        Timers.StartSingleTimer(TimerKeys.KeepAlive, new KeepAliveTick(), next);
    }

    /// <summary>A daemon that writes an upload to a slow disk does not read pings meanwhile; accepting data shows that it is alive.</summary>
    private void TakeSendAsSignOfLife()
    {
        if (_streams.Count > 0)
            _keepAlive?.Heard();
    }

    private void AnswerPing(in MessageHeader header)
    {
        if (header.Procedure == (int)KeepAliveProcedure.Ping)
            _sender?.AddKeepAlive(KeepAliveProcedure.Pong);
        else
            _hasUnprovenData = false;
    }
}
