using Libvirt.Connections;

namespace Libvirt.Streams;

/// <summary>The connections that carry one kind of streams, and who waits for one. Touched in the turns of the hypervisor's actor only.</summary>
/// <param name="role">What they are for.</param>
/// <param name="limit">How many there may be.</param>
internal sealed class StreamPool(ConnectionRole role, int limit)
{
    public ConnectionRole Role => role;

    public int Limit => limit;

    public Dictionary<ConnectionHandle, PooledConnection> Connections { get; } = [];

    /// <summary>First come, first served.</summary>
    public Queue<RentConnection> Awaiting { get; } = [];
}
