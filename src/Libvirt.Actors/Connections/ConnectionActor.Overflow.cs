using Libvirt.Calls;
using Libvirt.Diagnostics;

namespace Libvirt.Connections;

// What keeps stuck calls from holding up the others: when every place of the window is held by a slow call, the waiting ones go to another connection, and
// calls that are known to be slow go there at once.
internal sealed partial class ConnectionActor
{
    private ConnectionHandle? _overflow;

    /// <summary>Passes on the calls that find no place here, or sees to it that they can be soon.</summary>
    private void RelieveQueue()
    {
        if (_waiting.Count == 0 || _state != ConnectionState.Ready || _window.HasRoom(CallPriority.Normal, _inFlight.Count))
            return;
        if (_overflow is { IsOpen: true } overflow)
            PassOn(overflow);
        else if (!Timers.IsTimerActive(TimerKeys.Stuck))
            Timers.StartSingleTimer(TimerKeys.Stuck, new CheckForStuckCalls(), settings.Options.SlowCallAfter);
    }

    /// <summary>Whether it is one of those that must not hold places here while there may be others beside us.</summary>
    private bool IsKnownSlow(IPendingCall call) =>
        role == ConnectionRole.Main && call.Priority == CallPriority.Normal && settings.Options.MaxConnections > 1
        && settings.Options.SlowProcedures.Contains(call.Procedure);

    /// <summary>Passes a call on to the connection beside this one. Where there is none yet it is asked for, and the call stays here.</summary>
    private bool TryPassOn(IPendingCall call)
    {
        if (_overflow is { IsOpen: true } overflow)
        {
            overflow.Take(call);
            return true;
        }

        if (_state == ConnectionState.Ready)
            owner.OnStuck(handle);
        return false;
    }

    private void RequestReliefWhenStuck()
    {
        if (_waiting.Count == 0 || _state != ConnectionState.Ready || _window.HasRoom(CallPriority.Normal, _inFlight.Count))
            return;
        if (_inFlight.Awaited.All(call => settings.Time.GetElapsedTime(call.SentAt) >= settings.Options.SlowCallAfter))
        {
            ConnectionLog.Stuck(_log, settings.Endpoint, _inFlight.Count, _waiting.Count);
            owner.OnStuck(handle);
        }
    }

    private void UseOverflow(ConnectionHandle overflow)
    {
        if (_overflow is null or { IsOpen: false })
            _overflow = overflow;
    }

    private void PassOn(ConnectionHandle overflow)
    {
        while (_waiting.Dequeue() is { } call)
            overflow.Take(call);
    }

    /// <summary>A connection that was made for relief closes when nobody has needed it for a while.</summary>
    private void CloseWhenIdle()
    {
        if (role != ConnectionRole.Overflow || _state != ConnectionState.Ready)
            return;
        bool idle = _inFlight.Count == 0 && _waiting.Count == 0 && _urgent.Count == 0 && _streams.Count == 0;
        if (!idle)
            Timers.Cancel(TimerKeys.Idle);
        else if (!Timers.IsTimerActive(TimerKeys.Idle))
            Timers.StartSingleTimer(TimerKeys.Idle, new CloseConnection(settings.Options.CloseTimeout), settings.Options.ExtraConnectionIdle);
    }
}
