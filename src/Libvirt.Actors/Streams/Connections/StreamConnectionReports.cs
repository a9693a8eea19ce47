using Akka.Actor;
using Libvirt.Connections;
using Libvirt.Events;

namespace Libvirt.Streams;

/// <summary>What a connection for streams says: that it is ready for one.</summary>
internal sealed class StreamConnectionReports(IActorRef hypervisor) : IConnectionOwner
{
    public void OnReady(ConnectionHandle connection) => hypervisor.Tell(new StreamConnectionIsFree(connection), ActorRefs.NoSender);

    // One stream and its call cannot be stuck behind each other.
    public void OnStuck(ConnectionHandle connection)
    {
    }

    // Events are registered on the main connection only.
    public void OnEvent(EventArrived arrived)
    {
    }
}
