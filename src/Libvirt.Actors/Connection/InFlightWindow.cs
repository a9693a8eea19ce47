using Libvirt.Calls;

namespace Libvirt.Connection;

/// <summary>
/// How many calls may be on the wire. A daemon stops reading a client that has <c>max_client_requests</c> calls outstanding, pings included; so
/// ordinary calls leave one place free, which keeps the daemon reading, and only short control calls may use it.
/// </summary>
internal sealed class InFlightWindow(int size)
{
    private readonly int _ordinary = Math.Max(1, size - 1);

    public bool HasRoom(CallPriority priority, int onTheWire) => onTheWire < (priority == CallPriority.Control ? size : _ordinary);
}
