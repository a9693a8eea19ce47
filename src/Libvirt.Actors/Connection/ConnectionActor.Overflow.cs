using Libvirt.Calls;
using Libvirt.Diagnostics;

namespace Libvirt.Connection;

// What keeps stuck calls from holding up the others: when every place of the window is held by a slow call, the waiting ones go to another connection.
internal sealed partial class ConnectionActor
{
    private ConnectionHandle? _overflow;

    /// <summary>Passes on the calls that find no place here, or sees to it that they can be soon.</summary>
    private void RelieveQueue()
    {
        if (_waiting.Count == 0 || _state != ConnectionState.Ready || _window.HasRoom(CallPriority.Normal, _onTheWire.Count))
            return;
        if (_overflow is { HasEnded: false } overflow)
            PassOn(overflow);
        else if (!Context.Timers.IsActive(TimerKeys.Stuck))
            Context.Timers.StartOnce(TimerKeys.Stuck, settings.Options.SlowCallAfter, new LookForStuckCalls());
    }

    private void AskForReliefWhereStuck()
    {
        if (_waiting.Count == 0 || _state != ConnectionState.Ready || _window.HasRoom(CallPriority.Normal, _onTheWire.Count))
            return;
        if (_onTheWire.Awaited.All(call => Context.Time.GetElapsedTime(call.SentAt) >= settings.Options.SlowCallAfter))
        {
            ConnectionLog.Stuck(Context.Log, settings.Endpoint, _onTheWire.Count, _waiting.Count);
            owner.OnStuck(handle);
        }
    }

    private void UseOverflow(ConnectionHandle overflow)
    {
        if (_overflow is null or { HasEnded: true })
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
        bool idle = _onTheWire.Count == 0 && _waiting.Count == 0 && _urgent.Count == 0 && _streams.Count == 0;
        if (!idle)
            Context.Timers.Cancel(TimerKeys.Idle);
        else if (!Context.Timers.IsActive(TimerKeys.Idle))
            Context.Timers.StartOnce(TimerKeys.Idle, settings.Options.ExtraConnectionIdle, new CloseConnection(settings.Options.CloseTimeout));
    }
}
