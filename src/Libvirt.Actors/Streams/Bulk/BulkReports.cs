using Actors;
using Libvirt.Connection;
using Libvirt.Events;

namespace Libvirt.Streams;

/// <summary>What a bulk connection says: that it is ready.</summary>
internal sealed class BulkReports(IActorRef<IHypervisorMessage> hypervisor) : IConnectionOwner
{
    public void OnReady(ConnectionHandle connection) => _ = hypervisor.TellWhenRoomAsync(new BulkIsFree(connection)).AsTask();

    // One stream and its call cannot be stuck behind each other.
    public void OnStuck(ConnectionHandle connection)
    {
    }

    // Events are registered on the main connection only.
    public void OnEvent(EventArrived arrived)
    {
    }
}
