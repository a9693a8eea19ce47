using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>The scenario of every door through those that are reached by IPv6, and what else belongs to its addresses.</summary>
public sealed class IPv6Tests : IAsyncLifetime
{
    private static readonly HypervisorOptions Options = new() { Reconnect = false };

    private readonly TestAuthority _authority = new();
    private readonly int _tlsPort = Ports.Free();
    private string _pki = "";
    private LibvirtDaemon _daemon = null!;
    private SshServer _ssh = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Ports.HasIPv6, "This machine has no loopback by IPv6.");
        _pki = _authority.WriteDirectory(client: _authority.Issue("client"));
        _daemon = await LibvirtDaemon.StartAsync(new LibvirtDaemonOptions
        {
            ListenTcp = true,
            Settings = new Dictionary<string, string>(DoorsFixture.TlsSettings(_tlsPort, _authority.WriteDirectory(_authority.Issue("server", null, "::1"))))
            {
                ["listen_addr"] = "\"::1\"",
            },
        });
        _ssh = await SshServer.StartAsync(_daemon);
    }

    public async ValueTask DisposeAsync()
    {
        if (_ssh is not null)
            await _ssh.DisposeAsync();
        if (_daemon is not null)
            await _daemon.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public Task Everything_passes_by_tcp() => DoorScenario.RunAsync($"qemu+tcp://[::1]:{_daemon.TcpPort}/session", Options, _daemon);

    [Fact]
    public Task Everything_passes_by_tls() => DoorScenario.RunAsync($"qemu+tls://[::1]:{_tlsPort}/session?pkipath={_pki}", Options, _daemon);

    [Fact]
    public Task Everything_passes_by_ssh() => DoorScenario.RunAsync(
        $"qemu+ssh://{Environment.UserName}@[::1]:{_ssh.Port}/session?socket={_daemon.SocketPath}&keyfile={_ssh.KeyFile}&known_hosts={_ssh.KnownHostsFile}&no_tty=1",
        Options,
        _daemon);

    [Fact]
    public async Task An_address_is_taken_in_each_of_its_spellings()
    {
        foreach (string host in (string[])["[::1]", "[0:0::0:1]", "[::1%25lo]", "[::1%lo]", "[::1%251]"])
        {
            await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(Tcp(host), Options);

            Assert.True(await hypervisor.GetLibVersionAsync() > 0);
        }
    }

    [Fact]
    public async Task Where_nobody_is_the_error_names_the_address()
    {
        foreach ((string host, string part) in (IEnumerable<(string, string)>)
            [
                ("[fe80::1%25nosuch]", "no network interface 'nosuch'"),
                ("[::2]", "[::2]:"),
                ("127.0.0.1", "Nobody listens on 127.0.0.1:"),
                ("[::ffff:127.0.0.1]", "Nobody listens on [::ffff:127.0.0.1]:"),
            ])
        {
            LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(async () => await Hypervisor.ConnectAsync(Tcp(host), Options));

            Assert.Contains(error.Reason, new[] { ConnectFailure.Refused, ConnectFailure.Unreachable });
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
    }

    private string Tcp(string host) => $"test+tcp://{host}:{_daemon.TcpPort}/default";
}
