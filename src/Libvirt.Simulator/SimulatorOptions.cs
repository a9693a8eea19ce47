namespace Libvirt.Simulator;

/// <summary>How a simulator behaves towards its clients. The defaults are libvirtd's.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The clock of everything in the simulator: guests, statistics, keepalive, scripted faults.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How many calls one client may have outstanding before nothing more is read from it: libvirtd's <c>max_client_requests</c>.</summary>
    public int MaxClientRequests { get; init; } = 5;

    /// <summary>How long a client that understands keepalive may be silent before it is pinged; zero for no pings.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many pings may stay unanswered before the client is given up.</summary>
    public int KeepAliveCount { get; init; } = 5;

    /// <summary>How many bytes may wait for a client that does not read; beyond that its connection ends.</summary>
    public long MaxQueuedBytes { get; init; } = 64L << 20;

    /// <summary>How many bytes an in-memory connection holds in each direction before its writer waits.</summary>
    public int InMemoryCapacity { get; init; } = 256 << 10;

    /// <summary>
    /// Users and their passwords. Where there are any, clients must prove to be one of them by SASL with SCRAM-SHA-256. libvirt's own client does
    /// that on a unix socket only, since the mechanism does not encrypt.
    /// </summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether clients may register for events by callback id. Daemons before 1.3.3 could not, and clients fall back to the older events.</summary>
    public bool HasEventCallbacks { get; init; } = true;

    /// <summary>A folder in which each host keeps its volumes, in a folder of its own name; null, the default, for in memory.</summary>
    public string? StorageFolder { get; init; }

    /// <summary>The libvirt version that the simulator says it is, as libvirt counts: 12.8.0 is 12008000.</summary>
    public uint LibvirtVersion { get; init; } = 12_008_000;

    /// <summary>The hypervisor version that the simulator says it drives, counted the same way.</summary>
    public uint HypervisorVersion { get; init; } = 10_000_000;
}
