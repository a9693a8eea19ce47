using System.Net;
using System.Net.Sockets;
using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>
/// Real daemons' handshakes that break off or fall silent, at every byte. Where one attempt takes long, bytes beyond the first are left out unless
/// LIBVIRT_EVERY_BYTE is set.
/// </summary>
public sealed class CutHandshakeTests(DoorsFixture doors) : IClassFixture<DoorsFixture>
{
    private static readonly bool EveryByte = Environment.GetEnvironmentVariable("LIBVIRT_EVERY_BYTE") is { Length: > 0 };

    [Fact]
    public async Task By_unix()
    {
        await using CuttingProxy proxy = CuttingProxy.OnUnixSocket(Unix(doors.Daemon));

        Assert.InRange(
            await CutHandshake.AtEveryByteAsync(proxy, $"test+unix:///default?socket={proxy.SocketPath}", doors.Options, _ => 1, ConnectFailure.Lost), 80, 200);
        foreach (int cut in (int[])[0, 3, 28, 60])
            await CutHandshake.StallsAsync(proxy, $"test+unix:///default?socket={proxy.SocketPath}", doors.Options, cut);
    }

    [Fact]
    public async Task By_tcp()
    {
        await using CuttingProxy proxy = CuttingProxy.OnLoopback(Port(doors.Daemon.TcpPort));

        Assert.InRange(
            await CutHandshake.AtEveryByteAsync(proxy, $"test+tcp://127.0.0.1:{proxy.Port}/default", doors.Options, _ => 1, ConnectFailure.Lost), 80, 200);
        await CutHandshake.StallsAsync(proxy, $"test+tcp://127.0.0.1:{proxy.Port}/default", doors.Options, 30);
    }

    [Fact]
    public async Task By_sasl()
    {
        await using CuttingProxy proxy = CuttingProxy.OnUnixSocket(Unix(doors.SaslDaemon));
        string uri = $"test+unix:///default?socket={proxy.SocketPath}&auth=sasl.SCRAM-SHA-256";

        Assert.InRange(await CutHandshake.AtEveryByteAsync(proxy, uri, doors.Options, _ => 1, ConnectFailure.Lost), 300, 1500);
        foreach (int cut in (int[])[40, 200])
            await CutHandshake.StallsAsync(proxy, uri, doors.Options, cut);
    }

    [Fact]
    public async Task By_tls()
    {
        await using CuttingProxy proxy = CuttingProxy.OnLoopback(Port(doors.TlsPort));
        string uri = $"test+tls://127.0.0.1:{proxy.Port}/default?pkipath={doors.GoodPki}";

        // The first hundred bytes are in the clear; behind them one record looks like the other.
        int attempts = await CutHandshake.AtEveryByteAsync(
            proxy, uri, doors.Options, cut => EveryByte || cut < 100 ? 1 : 41,
            ConnectFailure.Lost, ConnectFailure.TlsFailed, ConnectFailure.TlsClientCertificate);

        Assert.True(attempts > 110, $"{attempts} attempts");
        foreach (int cut in (int[])[0, 5, 90, 700])
            await CutHandshake.StallsAsync(proxy, uri, doors.Options, cut);
    }

    [Fact]
    public async Task By_a_program()
    {
        await using CuttingProxy proxy = CuttingProxy.OnUnixSocket(Unix(doors.Daemon));
        // Netcat tells nobody that one half has ended.
        proxy.ClosesBothWays = true;
        string uri = $"test+ext:///default?command={DoorsFixture.TunnelScript(proxy.SocketPath)}";

        Assert.InRange(
            await CutHandshake.AtEveryByteAsync(
                proxy, uri, doors.Options, _ => EveryByte ? 1 : 3, ConnectFailure.Lost, ConnectFailure.TunnelFailed), 25, 200);
        await CutHandshake.StallsAsync(proxy, uri, doors.Options, 30);
    }

    private static UnixDomainSocketEndPoint Unix(LibvirtDaemon daemon) => new(daemon.SocketPath);

    private static IPEndPoint Port(int port) => new(IPAddress.Loopback, port);
}
