using Actors;
using Libvirt.Connection;
using Libvirt.Events;

namespace Libvirt;

/// <summary>
/// What a connection says, on its way to the actors it is meant for. Events that find no room in the hub's mailbox are counted, and the count is told as
/// soon as there is room again. One connection uses it, in its turns.
/// </summary>
internal sealed class ConnectionReports(IActorRef<IHypervisorMessage> hypervisor, IActorRef<IEventHubMessage> events) : IConnectionOwner
{
    private long _lost;

    public void OnReady(ConnectionHandle connection) => _ = TellReadyAsync(connection);

    public void OnStuck(ConnectionHandle connection) => hypervisor.TryTell(new ConnectionIsStuck(connection));

    public void OnEvent(EventArrived arrived)
    {
        if (_lost > 0 && events.TryTell(new EventsLost(_lost)) == TellResult.Accepted)
            _lost = 0;
        if (events.TryTell(arrived) == TellResult.MailboxFull)
            _lost++;
    }

    private async Task TellReadyAsync(ConnectionHandle connection) =>
        await hypervisor.TellWhenRoomAsync(new ConnectionIsReady(connection)).ConfigureAwait(false);
}
