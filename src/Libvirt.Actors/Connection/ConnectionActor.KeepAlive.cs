using Libvirt.Diagnostics;
using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;

namespace Libvirt.Connection;

// Signs of life, both ways.
internal sealed partial class ConnectionActor
{
    // Null while nobody watches: in the handshake, with a daemon from before keepalive, and where it is turned off.
    private KeepAliveMonitor? _keepAlive;

    // Whether data went to a console that no answer to a later ping shows to have been read.
    private bool _hasUnprovenData;

    private void StartKeepAlive(ConnectionFeatures features)
    {
        if (features.KeepAlive)
        {
            _keepAlive = new KeepAliveMonitor(settings.Options.KeepAliveInterval, settings.Options.KeepAliveCount, Context.Time);
            Context.Timers.StartOnce(TimerKeys.KeepAlive, _keepAlive.FirstLook, new KeepAliveTick());
        }
        else if (settings.Options.KeepAliveInterval != Timeout.InfiniteTimeSpan)
        {
            ConnectionLog.NoKeepAlive(Context.Log, settings.Endpoint);
        }
    }

    private void LookForLife(KeepAliveMonitor keepAlive)
    {
        // While a stream's reader lets the socket wait, it is we who do not listen; and a daemon whose guest does not take what was written to its console
        // cannot come to our ping.
        if (_frames is { IsHeld: true } || _hasUnprovenData)
            keepAlive.Heard();
        switch (keepAlive.Look(out TimeSpan next))
        {
            case KeepAliveVerdict.Ping:
                _sender?.AddKeepAlive(KeepAliveProcedure.Ping);
                break;
            case KeepAliveVerdict.Dead:
                Fault(new TimeoutException($"The daemon has been silent for {keepAlive.Silence.TotalSeconds:0.#} s and has not answered to pings."));
                return;
        }

        Context.Timers.StartOnce(TimerKeys.KeepAlive, next, new KeepAliveTick());
    }

    /// <summary>A daemon that writes an upload to a slow disk reads no ping meanwhile; that it takes data shows that it lives.</summary>
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
