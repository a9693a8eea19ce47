namespace Libvirt.Connections;

/// <summary>What a connection is for.</summary>
internal enum ConnectionRole
{
    /// <summary>The hypervisor's own: calls, events, keepalive. Its loss is the hypervisor's loss.</summary>
    Main,

    /// <summary>Takes calls that find the window of another connection held by stuck ones; closes when idle.</summary>
    Overflow,

    /// <summary>Carries one transfer after the other, and lets the socket wait for their readers; the hypervisor's actor closes it when idle.</summary>
    Bulk,

    /// <summary>Carries one console or channel after the other in the same way. Such a stream has no end of its own, so nobody waits for it when closing.</summary>
    Interactive,
}
