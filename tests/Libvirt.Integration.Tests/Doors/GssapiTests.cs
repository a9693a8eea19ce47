using System.Net;
using System.Net.Sockets;
using System.Text;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>Kerberos over plain TCP, against a real realm: nobody on the way can read what follows the handshake.</summary>
public sealed class GssapiTests : IAsyncLifetime
{
    private static readonly HypervisorOptions Options = new() { Reconnect = false };

    private KerberosRealm _realm = null!;
    private LibvirtDaemon _daemon = null!;

    public async ValueTask InitializeAsync()
    {
        _realm = await KerberosRealm.StartAsync();
        string directory = Scratch.NewDirectory("sasl");
        await File.WriteAllTextAsync(Path.Combine(directory, "libvirt.conf"), $"mech_list: GSSAPI\nkeytab: {_realm.KeyTab}\n");
        _daemon = await LibvirtDaemon.StartAsync(new LibvirtDaemonOptions
        {
            ListenTcp = true,
            AuthTcp = "sasl",
            Environment = new Dictionary<string, string>(_realm.Environment) { ["SASL_CONF_PATH"] = directory },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _daemon.DisposeAsync();
        await _realm.DisposeAsync();
    }

    [Fact]
    public async Task A_ticket_lets_in_and_encrypts_and_without_one_the_error_says_so()
    {
        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(
            async () => await Hypervisor.ConnectAsync($"test+tcp://localhost:{_daemon.TcpPort}/default", Options));
        Assert.Equal(ConnectFailure.AuthenticationFailed, error.Reason);
        Assert.Contains("klist", error.Message, StringComparison.Ordinal);

        await _realm.LogInAsync();
        await using Eavesdropper between = new(_daemon.TcpPort);
        await using (Hypervisor hypervisor = await Hypervisor.ConnectAsync($"test+tcp://localhost:{between.Port}/default", Options))
        {
            await Task.WhenAll(Enumerable.Range(0, 500).Select(
                async _ => await hypervisor.Calls.CallAsync(RemoteProcedures.ConnectGetLibVersion, XdrVoid.Value)));
            ConnectGetCapabilitiesRet capabilities = await hypervisor.Calls.CallAsync(RemoteProcedures.ConnectGetCapabilities, XdrVoid.Value);
            Assert.Contains("<capabilities>", capabilities.Capabilities, StringComparison.Ordinal);
        }

        Assert.Contains("GSSAPI", between.Heard(), StringComparison.Ordinal);
        Assert.DoesNotContain("test:///default", between.Heard(), StringComparison.Ordinal);
        Assert.DoesNotContain("<capabilities>", between.Heard(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_events_and_streams_pass_and_a_killed_daemon_is_told()
    {
        await _realm.LogInAsync();

        await DoorScenario.RunAsync($"qemu+tcp://localhost:{_daemon.TcpPort}/session", Options, _daemon);
    }

    [Fact]
    public async Task A_handshake_that_breaks_off_anywhere_is_a_lost_attempt()
    {
        await _realm.LogInAsync();
        await using CuttingProxy proxy = CuttingProxy.OnLoopback(new IPEndPoint(IPAddress.Loopback, _daemon.TcpPort));

        int attempts = await CutHandshake.AtEveryByteAsync(
            proxy, $"test+tcp://localhost:{proxy.Port}/default", Options, cut => cut < 60 ? 1 : 11, ConnectFailure.Lost);

        Assert.True(attempts > 80, $"{attempts} attempts");
    }

    /// <summary>Passes one connection on and keeps all that went by.</summary>
    private sealed class Eavesdropper : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly StringBuilder _heard = new();
        private readonly Task _passing;

        public Eavesdropper(int port)
        {
            _listener.Start();
            _passing = PassAsync(port);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public string Heard()
        {
            lock (_heard)
                return _heard.ToString();
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Dispose();
            await _passing;
        }

        private async Task PassAsync(int port)
        {
            using Socket client = await _listener.AcceptSocketAsync();
            using Socket daemon = new(SocketType.Stream, ProtocolType.Tcp);
            await daemon.ConnectAsync(IPAddress.Loopback, port);
            await Task.WhenAll(PassAsync(client, daemon), PassAsync(daemon, client));
        }

        private async Task PassAsync(Socket from, Socket to)
        {
            byte[] buffer = new byte[65536];
            try
            {
                int count;
                while ((count = await from.ReceiveAsync(buffer, SocketFlags.None)) > 0)
                {
                    lock (_heard)
                        _heard.Append(Encoding.Latin1.GetString(buffer, 0, count));
                    await to.SendAsync(buffer.AsMemory(0, count), SocketFlags.None);
                }

                to.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // One end went without a goodbye.
            }
        }
    }
}
