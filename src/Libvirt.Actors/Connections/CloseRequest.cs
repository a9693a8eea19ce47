using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Protocol;
using Libvirt.Protocol.Admin;
using Libvirt.Protocol.Remote;

namespace Libvirt.Connections;

/// <summary>
/// The call by which a client announces that it closes its connection (virConnectClose). Runs outside of the connection's turns, as an ordinary call, and
/// tells the connection when it may close the socket: <see cref="FinishClose"/>.
/// </summary>
internal sealed class CloseRequest(ConnectionSettings settings, ConnectionHandle connection)
{
    /// <summary>Sends the call. To be called from a turn of the connection.</summary>
    public async Task RunAsync()
    {
        Procedure procedure = settings.Service == DaemonService.Admin ? AdminProcedures.ConnectClose : RemoteProcedures.ConnectClose;
        PendingCall<XdrVoid> close = PendingCall<XdrVoid>.Rent(procedure, XdrVoid.Value, CallPriority.Control, Timeout.InfiniteTimeSpan, long.MaxValue);
        try
        {
            await close.Submit(connection, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LibvirtException)
        {
            // The connection closes whether the daemon refused or the connection was lost.
        }

        connection.Ref.Tell(new FinishClose(), ActorRefs.NoSender);
    }
}
