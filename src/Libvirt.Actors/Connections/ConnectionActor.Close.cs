using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Protocol;
using Libvirt.Protocol.Admin;
using Libvirt.Protocol.Remote;

namespace Libvirt.Connections;

// The orderly close: refuse new calls, drain, send the close call, close.
internal sealed partial class ConnectionActor
{
    private bool _hasSentClose;

    private void BeginClose(TimeSpan limit)
    {
        if (_state != ConnectionState.Ready || (role == ConnectionRole.Interactive && _streams.Count > 0))
        {
            // A console does not end by itself, so there is nothing to wait for.
            if (_state != ConnectionState.Closing)
                End(null);
            return;
        }

        _state = ConnectionState.Closing;
        handle.BeginClose();
        Timers.StartSingleTimer(TimerKeys.Close, new FinishClose(), limit);
    }

    private void SendCloseWhenDrained()
    {
        if (_state != ConnectionState.Closing || _hasSentClose || _waiting.Count + _urgent.Count > 0 || _inFlight.Awaited.Any()
            || (role == ConnectionRole.Bulk && _streams.Count > 0))
            return;
        _hasSentClose = true;
        PendingCall<XdrVoid> close = PendingCall<XdrVoid>.Rent(
            settings.Service == DaemonService.Admin ? AdminProcedures.ConnectClose : RemoteProcedures.ConnectClose, XdrVoid.Value, CallPriority.Control, Timeout.InfiniteTimeSpan, long.MaxValue);
        _ = FinishCloseAfterAsync(close.Submit(handle, CancellationToken.None), Self);
    }

    private static async Task FinishCloseAfterAsync(ValueTask<XdrVoid> closed, IActorRef self)
    {
        try
        {
            await closed.ConfigureAwait(false);
        }
        catch (LibvirtException)
        {
            // The connection closes whether the daemon refused or the connection was lost.
        }

        self.Tell(new FinishClose(), ActorRefs.NoSender);
    }
}
