namespace Libvirt.Streams;

/// <summary>Where a connection stands in its pool.</summary>
internal enum PooledConnectionState
{
    Connecting,
    Idle,
    Used,
    Closing,
}
