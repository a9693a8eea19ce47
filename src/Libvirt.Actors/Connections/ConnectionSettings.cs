using Libvirt.Threads;
using Libvirt.Transports;

namespace Libvirt.Connections;

/// <summary>Everything a connection needs to know; the same for all connections of a hypervisor.</summary>
internal sealed record ConnectionSettings(
    LibvirtUri Uri,
    Endpoint Endpoint,
    HypervisorOptions Options,
    ITransportConnector Connector,
    DaemonService Service = DaemonService.Hypervisor)
{
    /// <summary>
    /// Whether the daemon is asked to send pings of its own. Not where a stream's reader may let the socket wait: the daemon would take that for death.
    /// Ours are answered in any case.
    /// </summary>
    public bool DaemonMayPing { get; init; } = true;

    /// <summary>Where a busy connection gets its reader thread.</summary>
    public ReaderThreads Threads { get; init; } = new();

    /// <summary>What spreads the reconnect attempts of all hypervisors; null where nothing does.</summary>
    public ReconnectPace? Pace { get; init; }

    /// <summary>The clock of all timers and deadlines.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
