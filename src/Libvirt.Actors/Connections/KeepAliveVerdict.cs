namespace Libvirt.Connections;

/// <summary>What <see cref="KeepAliveMonitor"/> decides.</summary>
internal enum KeepAliveVerdict
{
    /// <summary>Do nothing: the silence has not lasted long enough.</summary>
    Wait,

    /// <summary>Send a ping: nothing has come for an interval.</summary>
    Ping,

    /// <summary>End the connection: the silence has lasted as many intervals as allowed.</summary>
    Dead,
}
