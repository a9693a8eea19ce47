using Actors;
using Libvirt.Connection;
using Libvirt.Events;

namespace Libvirt;

/// <summary>What an overflow connection says: that it is ready, to the connection it relieves; that it is stuck itself, to the hypervisor.</summary>
internal sealed class OverflowReports(IActorRef<IHypervisorMessage> hypervisor, ConnectionHandle relieved) : IConnectionOwner
{
    public void OnReady(ConnectionHandle connection) => _ = relieved.Ref.TellWhenRoomAsync(new UseOverflow(connection)).AsTask();

    public void OnStuck(ConnectionHandle connection) => hypervisor.TryTell(new ConnectionIsStuck(connection));

    // Events are registered on the main connection only.
    public void OnEvent(EventArrived arrived)
    {
    }
}
