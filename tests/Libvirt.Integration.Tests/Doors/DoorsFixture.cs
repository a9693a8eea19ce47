using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>One daemon behind every door at once: its unix socket, TCP, TLS with mutual certificates, and an sshd; one more that asks for SASL; and the modular daemons.</summary>
public sealed class DoorsFixture : IAsyncLifetime
{
    public const string User = "fred";
    public const string Password = "pen,cil=1";

    private static readonly DateTimeOffset Past = DateTimeOffset.UtcNow.AddDays(-1);

    private ModularDaemons? _modular;

    public TestAuthority Authority { get; } = new();

    public TestAuthority Stranger { get; } = new("Stranger");

    public LibvirtDaemon Daemon { get; private set; } = null!;

    public LibvirtDaemon SaslDaemon { get; private set; } = null!;

    public SshServer Ssh { get; private set; } = null!;

    public int TlsPort { get; } = Ports.Free();

    public int SaslTlsPort { get; } = Ports.Free();

    public int ModularTlsPort { get; } = Ports.Free();

    /// <summary>Certificates that the daemon takes.</summary>
    public string GoodPki { get; private set; } = "";

    public HypervisorOptions Options { get; } = new() { Reconnect = false, Credentials = new LibvirtCredentials(User, Password) };

    public async ValueTask InitializeAsync()
    {
        GoodPki = Authority.WriteDirectory(client: Authority.Issue("client"));
        Daemon = await StartTlsDaemonAsync(TlsPort, Authority.WriteDirectory(Authority.Issue("server", null, "127.0.0.1", "localhost")));
        SaslDaemon = await StartSaslDaemonAsync();
        Ssh = await SshServer.StartAsync(Daemon);
    }

    public async ValueTask DisposeAsync()
    {
        if (_modular is not null)
            await _modular.DisposeAsync();
        await Ssh.DisposeAsync();
        await SaslDaemon.DisposeAsync();
        await Daemon.DisposeAsync();
        Authority.Dispose();
        Stranger.Dispose();
    }

    /// <summary>The URI of a door by its name; behind a comma the mechanism of SASL.</summary>
    public string Uri(string door) => door switch
    {
        "unix" or "unix with descriptors" => Daemon.TestUri,
        "tcp" => Daemon.TestTcpUri,
        "tls" => $"test+tls://127.0.0.1:{TlsPort}/default?pkipath={GoodPki}",
        "ssh to netcat" => $"test+ssh://{SshParameters()}&socket={Daemon.SocketPath}",
        "libssh to netcat" => $"test+libssh://{SshParameters()}&socket={Daemon.SocketPath}",
        "libssh2 to virt-ssh-helper" => $"test+libssh2://{SshParameters()}&proxy=native",
        "ssh to virt-ssh-helper" => $"test+ssh://{SshParameters()}&proxy=native",
        "ssh to whatever is there" => $"test+ssh://{SshParameters()}",
        "ext" => $"test+ext:///default?command={TunnelScript(Daemon.SocketPath)}",
        "sasl by unix" => SaslDaemon.TestUri,
        "sasl by tls" => $"test+tls://127.0.0.1:{SaslTlsPort}/default?pkipath={GoodPki}",
        _ when door.Split(", ") is [string first, string mechanism] => $"{Uri(first)}&auth=sasl.{mechanism}",
        _ => throw new ArgumentException($"There is no door '{door}'.", nameof(door)),
    };

    /// <summary>The same door to the session's QEMU driver, which has streams.</summary>
    public string SessionUri(string door) => Uri(door)
        .Replace("test+", "qemu+", StringComparison.Ordinal).Replace("/default", "/session", StringComparison.Ordinal);

    /// <summary>The modular daemons, with doors of their own; the test is skipped where there are none.</summary>
    public async Task<ModularDaemons> ModularAsync()
    {
        string? absent = await ModularDaemons.WhyNotAsync();
        Assert.SkipUnless(absent is null, absent ?? "");
        return _modular ??= await ModularDaemons.StartAsync(new LibvirtDaemonOptions
        {
            ListenTcp = true,
            Settings = TlsSettings(ModularTlsPort, Authority.WriteDirectory(Authority.Issue("server", null, "127.0.0.1", "localhost"))),
        });
    }

    /// <summary>The URI of a door to the modular daemons' QEMU driver, and the daemon behind it.</summary>
    public async Task<(string Uri, LibvirtDaemon Daemon)> ModularDoorAsync(string door)
    {
        ModularDaemons modular = await ModularAsync();
        return door switch
        {
            "virtqemud" => (modular.Qemu.SessionUri, modular.Qemu),
            "virtproxyd by unix" => (modular.Proxy.SessionUri, modular.Proxy),
            "virtproxyd by tcp" => ($"qemu+tcp://127.0.0.1:{modular.Proxy.TcpPort}/session", modular.Proxy),
            "virtproxyd by tls" => ($"qemu+tls://127.0.0.1:{ModularTlsPort}/session?pkipath={GoodPki}", modular.Proxy),
            _ => throw new ArgumentException($"There is no door '{door}'.", nameof(door)),
        };
    }

    /// <summary>The daemon behind a door.</summary>
    public LibvirtDaemon Behind(string door) => door.StartsWith("sasl", StringComparison.Ordinal) ? SaslDaemon : Daemon;

    public string SshParameters(string? keyFile = null, string? knownHosts = null, int? port = null) =>
        $"{Environment.UserName}@127.0.0.1:{port ?? Ssh.Port}/default?keyfile={keyFile ?? Ssh.KeyFile}&known_hosts={knownHosts ?? Ssh.KnownHostsFile}&no_tty=1";

    /// <summary>A program that leads to a unix socket.</summary>
    public static string TunnelScript(string socketPath) => Script.Create("tunnel", $"exec nc -U '{socketPath}'");

    /// <summary>A daemon with another certificate than the good one.</summary>
    public async Task<(LibvirtDaemon Daemon, int Port)> StartOtherAsync(bool expired, params string[] hosts)
    {
        int port = Ports.Free();
        string pki = Authority.WriteDirectory(Authority.Issue("server", expired ? Past : null, hosts));
        return (await StartTlsDaemonAsync(port, pki), port);
    }

    private static Task<LibvirtDaemon> StartTlsDaemonAsync(int port, string pki) => LibvirtDaemon.StartAsync(new LibvirtDaemonOptions
    {
        ListenTcp = true,
        Settings = TlsSettings(port, pki),
    });

    private async Task<LibvirtDaemon> StartSaslDaemonAsync()
    {
        Dictionary<string, string> settings = TlsSettings(
            SaslTlsPort, Authority.WriteDirectory(Authority.Issue("server", null, "127.0.0.1", "localhost")));
        settings["auth_tls"] = "\"sasl\"";
        LibvirtDaemonOptions asks = await SaslUsers.WriteAsync((User, Password));
        return await LibvirtDaemon.StartAsync(asks with { ListenTcp = true, AuthTcp = "sasl", Settings = settings });
    }

    public static Dictionary<string, string> TlsSettings(int port, string pki) => new()
    {
        ["listen_tls"] = "1",
        ["tls_port"] = $"\"{port}\"",
        ["ca_file"] = $"\"{pki}/cacert.pem\"",
        ["cert_file"] = $"\"{pki}/servercert.pem\"",
        ["key_file"] = $"\"{pki}/serverkey.pem\"",
        ["crl_file"] = "\"\"",
        ["tls_no_sanity_certificate"] = "1",
    };
}
