using System.Net.Sockets;

namespace Libvirt.Testing;

public sealed partial class LibvirtDaemon
{
    /// <summary>Opens a recording proxy on a unix socket in front of the daemon's unix socket; it ends with the daemon at the latest.</summary>
    public RecordingProxy OpenProxy() => Keep(RecordingProxy.OnUnixSocket(new UnixDomainSocketEndPoint(SocketPath)));

    /// <summary>Opens a recording proxy on a loopback port in front of the daemon's unix socket.</summary>
    public RecordingProxy OpenTcpProxy() => Keep(RecordingProxy.OnLoopback(new UnixDomainSocketEndPoint(SocketPath)));

    /// <summary>Opens a recording proxy in front of the admin socket, which connects as the daemon's own user.</summary>
    public RecordingProxy OpenAdminProxy() => Keep(RecordingProxy.OnUnixSocket(new UnixDomainSocketEndPoint(AdminSocketPath), UserId));

    /// <summary>Lets every user of this machine reach the unix socket, as a system's daemon does that leaves it to polkit who may use it.</summary>
    public void OpenToEveryUser()
    {
        const UnixFileMode passable = (UnixFileMode)0b111_101_101;
        File.SetUnixFileMode(RuntimeDirectory, passable);
        File.SetUnixFileMode(SocketDirectory, passable);
        File.SetUnixFileMode(SocketPath, (UnixFileMode)0b110_110_110);
    }

    private RecordingProxy Keep(RecordingProxy proxy)
    {
        _proxies.Add(proxy);
        return proxy;
    }
}
