using Libvirt.Connection;
using Libvirt.Diagnostics;

namespace Libvirt;

/// <summary>
/// What the actor of a hypervisor publishes for callers on other threads: the state, and the connection that calls go to. Written by the actor only.
/// </summary>
internal sealed class HypervisorLink(HypervisorTelemetry telemetry)
{
    private volatile ConnectionHandle? _connection;

    public StateFeed States { get; } = new(new HypervisorState.Connecting(1));

    /// <summary>The connection that serves calls; null while there is none.</summary>
    public ConnectionHandle? Connection => _connection;

    public void Publish(HypervisorState state, ConnectionHandle? connection)
    {
        _connection = connection;
        telemetry.Changed(state);
        States.Publish(state);
    }
}
