using Akka.Actor;
using Libvirt.Connections;
using Libvirt.Events;

namespace Libvirt;

/// <summary>What an overflow connection says: that it is ready, to the connection it relieves; that it is stuck itself, to the hypervisor.</summary>
internal sealed class OverflowReports(IActorRef hypervisor, ConnectionHandle relieved) : IConnectionOwner
{
    public void OnReady(ConnectionHandle connection) => relieved.Ref.Tell(new UseOverflow(connection), ActorRefs.NoSender);

    public void OnStuck(ConnectionHandle connection) => hypervisor.Tell(new ConnectionIsStuck(connection), ActorRefs.NoSender);

    // Events are registered on the main connection only.
    public void OnEvent(EventArrived arrived)
    {
    }
}
