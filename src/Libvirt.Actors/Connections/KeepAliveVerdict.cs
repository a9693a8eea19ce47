namespace Libvirt.Connections;

/// <summary>What keepalive asks for.</summary>
internal enum KeepAliveVerdict
{
    /// <summary>Nothing yet: the silence has not lasted long enough.</summary>
    Wait,

    /// <summary>A ping: nothing has come for an interval.</summary>
    Ping,

    /// <summary>The end: the silence has lasted as many intervals as allowed.</summary>
    Dead,
}
