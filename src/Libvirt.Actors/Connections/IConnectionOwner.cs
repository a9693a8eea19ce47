using Libvirt.Events;

namespace Libvirt.Connections;

/// <summary>Whom a connection reports to. Called from the connection's turns; must be quick.</summary>
internal interface IConnectionOwner
{
    /// <summary>The connection serves calls from now on.</summary>
    void OnReady(ConnectionHandle connection);

    /// <summary>Every place of the window is held by a slow call and others wait, or calls came that are known to be slow: it wants another beside it.</summary>
    void OnStuck(ConnectionHandle connection);

    /// <summary>The daemon sent an event.</summary>
    void OnEvent(EventArrived arrived);
}
