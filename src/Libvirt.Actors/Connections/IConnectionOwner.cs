using Libvirt.Events;

namespace Libvirt.Connections;

/// <summary>What a connection reports to. Called in the connection's turns; must not wait.</summary>
internal interface IConnectionOwner
{
    /// <summary>The connection serves calls from now on, or again after it has settled.</summary>
    void OnReady(ConnectionHandle connection);

    /// <summary>The connection asks for an overflow connection: slow calls hold every place of the window and others wait, or a call came that is known to be slow.</summary>
    void OnStuck(ConnectionHandle connection);

    /// <summary>The daemon sent an event.</summary>
    void OnEvent(EventArrived arrived);
}
