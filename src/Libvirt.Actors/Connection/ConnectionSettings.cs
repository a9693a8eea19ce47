using Actors;
using Libvirt.Transport;

namespace Libvirt.Connection;

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

    /// <summary>Where a busy connection gets a thread of its own; null where none shall have one.</summary>
    public ReaderThreads? Threads { get; init; }

    /// <summary>What spreads the attempts of all hypervisors; null where nothing does.</summary>
    public ReconnectPace? Pace { get; init; }

    /// <summary>How the connection's actor is run: inline, so that an idle connection sends a call on its caller's own thread.</summary>
    public ActorOptions ActorOptions => new()
    {
        Dispatch = ActorDispatch.Inline,
        MailboxCapacity = Options.QueueCapacity,
        Throughput = 512,
        Supervision = SupervisionPolicy.StopOnFailure,
    };
}
