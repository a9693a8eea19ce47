using Akka.Actor;
using Libvirt.Connections;
using Libvirt.Events;

namespace Libvirt;

/// <summary>
/// Passes what the main connection reports to the hypervisor and to its event hub. Events that exceed what may wait in the hub are dropped and counted, and
/// the count is reported as soon as there is place again. Used in the connection's turns.
/// </summary>
internal sealed class ConnectionReports(IActorRef hypervisor, IActorRef events, EventGate gate) : IConnectionOwner
{
    private long _lost;

    public void OnReady(ConnectionHandle connection) => hypervisor.Tell(new ConnectionIsReady(connection), ActorRefs.NoSender);

    public void OnStuck(ConnectionHandle connection) => hypervisor.Tell(new ConnectionIsStuck(connection), ActorRefs.NoSender);

    public void OnEvent(EventArrived arrived)
    {
        if (!gate.TryEnter())
        {
            _lost++;
            return;
        }

        if (_lost > 0)
        {
            events.Tell(new EventsLost(_lost), ActorRefs.NoSender);
            _lost = 0;
        }

        events.Tell(arrived, ActorRefs.NoSender);
    }
}
