namespace Libvirt.Testing;

/// <summary>Loopback ports for servers that must be told theirs.</summary>
public static class Ports
{
    /// <summary>A port that nobody has right now; somebody may take it before its use.</summary>
    public static int Free() => LibvirtDaemon.FreePort();
}
