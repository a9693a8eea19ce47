using Actors;
using Libvirt.Calls;
using Libvirt.Protocol;
using Libvirt.Protocol.Admin;
using Libvirt.Protocol.Remote;

namespace Libvirt.Connection;

// The orderly end: refuse, drain, say goodbye, close.
internal sealed partial class ConnectionActor
{
    private bool _saidGoodbye;

    private void BeginClose(TimeSpan limit)
    {
        if (_state != ConnectionState.Ready || (role == ConnectionRole.Interactive && _streams.Count > 0))
        {
            // A console has no end that one could wait for.
            if (_state != ConnectionState.Closing)
                End(null);
            return;
        }

        _state = ConnectionState.Closing;
        handle.Leave();
        Context.Timers.StartOnce(TimerKeys.Close, limit, new FinishClose());
    }

    private void SayGoodbyeWhenDrained()
    {
        if (_state != ConnectionState.Closing || _saidGoodbye || _waiting.Count + _urgent.Count > 0 || _onTheWire.Awaited.Any()
            || (role == ConnectionRole.Bulk && _streams.Count > 0))
            return;
        _saidGoodbye = true;
        PendingCall<XdrVoid> goodbye = PendingCall<XdrVoid>.Rent(
            settings.Service == DaemonService.Admin ? AdminProcedures.ConnectClose : RemoteProcedures.ConnectClose, XdrVoid.Value, CallPriority.Control, Timeout.InfiniteTimeSpan, long.MaxValue);
        _ = FinishCloseAfterAsync(goodbye.Submit(handle, CancellationToken.None), Context.Self);
    }

    private static async Task FinishCloseAfterAsync(ValueTask<XdrVoid> goodbye, IActorRef<IConnectionMessage> self)
    {
        try
        {
            await goodbye.ConfigureAwait(false);
        }
        catch (LibvirtException)
        {
            // The daemon's refusal and a connection that is gone already come to the same.
        }

        await self.TellWhenRoomAsync(new FinishClose()).ConfigureAwait(false);
    }
}
