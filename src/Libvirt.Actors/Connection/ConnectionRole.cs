namespace Libvirt.Connection;

/// <summary>What a connection is for.</summary>
internal enum ConnectionRole
{
    /// <summary>The hypervisor's own: calls, events, keepalive. Its loss is the hypervisor's loss.</summary>
    Main,

    /// <summary>Takes calls that find the window of another connection held by stuck ones; closes when idle.</summary>
    Overflow,

    /// <summary>Carries one bulk stream after the other, and lets the socket wait for their readers; the hypervisor's actor closes it when idle.</summary>
    Bulk,
}
