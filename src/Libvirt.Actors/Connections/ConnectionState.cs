namespace Libvirt.Connections;

/// <summary>Where a connection stands in its one way through life.</summary>
internal enum ConnectionState
{
    /// <summary>Reaching the daemon.</summary>
    Connecting,

    /// <summary>Authenticating and opening the driver: control calls only.</summary>
    Handshaking,

    /// <summary>Serving calls.</summary>
    Ready,

    /// <summary>Refusing new calls, letting the others end.</summary>
    Closing,

    /// <summary>Over.</summary>
    Closed,
}
