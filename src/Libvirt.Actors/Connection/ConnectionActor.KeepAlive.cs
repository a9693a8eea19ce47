using Libvirt.Diagnostics;
using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;

namespace Libvirt.Connection;

// Signs of life, both ways.
internal sealed partial class ConnectionActor
{
    // Whether data went to a console that no answer to a later ping shows to have been read.
    private bool _hasUnprovenData;

    private void StartKeepAlive(ConnectionFeatures features)
    {
        if (features.KeepAlive)
            Context.Timers.StartPeriodic(TimerKeys.KeepAlive, settings.Options.KeepAliveInterval, new KeepAliveTick());
        else if (settings.Options.KeepAliveInterval != Timeout.InfiniteTimeSpan)
            ConnectionLog.NoKeepAlive(Context.Log, settings.Endpoint);
    }

    private void KeepAlive()
    {
        // While a stream's reader lets the socket wait, it is we who do not listen; and a daemon whose guest does not take what was written to its console
        // cannot come to our ping.
        if (_frames is { IsHeld: true } || _hasUnprovenData)
            _keepAlive.Heard();
        switch (_keepAlive.Tick())
        {
            case KeepAliveVerdict.Ping:
                _sender?.AddEmpty(KeepAliveHeader(KeepAliveProcedure.Ping));
                break;
            case KeepAliveVerdict.Dead:
                TimeSpan silence = settings.Options.KeepAliveInterval * (settings.Options.KeepAliveCount + 1);
                Fault(new TimeoutException($"The daemon has been silent for {silence.TotalSeconds:0.###} s and left {settings.Options.KeepAliveCount} pings unanswered."));
                break;
        }
    }

    private void AnswerPing(in MessageHeader header)
    {
        if (header.Procedure == (int)KeepAliveProcedure.Ping)
            _sender?.AddEmpty(KeepAliveHeader(KeepAliveProcedure.Pong));
        else
            _hasUnprovenData = false;
    }

    private static MessageHeader KeepAliveHeader(KeepAliveProcedure procedure) =>
        new(KeepAliveProgram.Number, KeepAliveProgram.Version, (int)procedure, MessageType.Message, Serial: 0, MessageStatus.Ok);
}
