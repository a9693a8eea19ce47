using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>A daemon behind two sshds: one takes keys alone, the other passwords and answers too.</summary>
public sealed class SshFixture : IAsyncLifetime
{
    public const string Password = "pen,cil 1";

    private string? _obstacle;
    private LibvirtDaemon _daemon = null!;
    private SshServer? _passwordServer;

    public static HypervisorOptions Options { get; } = new() { Reconnect = false };

    /// <summary>The one that takes keys alone.</summary>
    public SshServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _daemon = await LibvirtDaemon.StartAsync();
        Server = await SshServer.StartAsync(_daemon);
        _obstacle = await SshServer.FindPasswordObstacleAsync();
        _passwordServer = _obstacle is null ? await SshServer.StartAsync(_daemon, Password) : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_passwordServer is not null)
            await _passwordServer.DisposeAsync();
        await Server.DisposeAsync();
        await _daemon.DisposeAsync();
    }

    /// <summary>The one that takes passwords too; skips the test where there cannot be one.</summary>
    public SshServer PasswordServer()
    {
        Assert.SkipUnless(_obstacle is null, _obstacle ?? "");
        return _passwordServer!;
    }

    /// <summary>The daemon behind a server, by netcat.</summary>
    public string Uri(SshServer server, string parameters, string transport = "ssh", string? keyFile = null, string? knownHosts = null) =>
        $"test+{transport}://{Environment.UserName}@127.0.0.1:{server.Port}/default?socket={_daemon.SocketPath}"
        + $"&keyfile={keyFile ?? server.KeyFile}&known_hosts={knownHosts ?? server.KnownHostsFile}&{parameters}";

    /// <summary>The session's QEMU driver of the daemon, whose socket stands for <c>{socket}</c>.</summary>
    public string SessionUri(string parameters) =>
        $"qemu+ssh://{Environment.UserName}@127.0.0.1:{Server.Port}/session?keyfile={Server.KeyFile}&"
        + parameters.Replace("{socket}", _daemon.SocketPath, StringComparison.Ordinal);

    /// <summary>
    /// The system's ssh without the configuration, the agent, the terminal and the keys of whoever runs the tests; it gets one answer to whatever it asks.
    /// </summary>
    /// <param name="answer">The answer; null when nobody answers.</param>
    /// <param name="agent">The socket of an agent.</param>
    /// <param name="asked">A file that exists once something was asked.</param>
    /// <param name="knownHosts">The file of host keys, where the URI is for virsh, whose ssh takes none from it.</param>
    public static string Ssh(string? answer = null, string? agent = null, string? asked = null, string? knownHosts = null)
    {
        string askpass = answer is null ? "/bin/false" : Script.Create("askpass", $"{(asked is null ? ":" : $"touch {asked}")}\necho '{answer}'");
        string socket = agent is null ? "unset SSH_AUTH_SOCK" : $"export SSH_AUTH_SOCK={agent}";
        return Script.Create("ssh", $"{socket}\nexport SSH_ASKPASS={askpass} SSH_ASKPASS_REQUIRE=force\nexec ssh -F none {(knownHosts is null ? "" : $"-o UserKnownHostsFile={knownHosts} ")}\"$@\"");
    }

    /// <summary>A file of host keys with the server's, another one for it, or none.</summary>
    public async Task<string> WriteKnownHostsAsync(string what)
    {
        string path = Scratch.NewPath("known_hosts");
        string known = await File.ReadAllTextAsync(Server.KnownHostsFile);
        string other = await File.ReadAllTextAsync($"{Server.StrangeKeyFile}.pub");
        await File.WriteAllTextAsync(path, what switch
        {
            "the key" => known,
            "another key" => $"{known.Split(' ')[0]} {other}",
            _ => "",
        });
        return path;
    }

    /// <summary>What such a file has, in the same words.</summary>
    public async Task<string> ReadKnownHostsAsync(string path)
    {
        string text = await File.ReadAllTextAsync(path);
        string known = (await File.ReadAllTextAsync(Server.KnownHostsFile)).Split(' ')[2].Trim();
        string other = (await File.ReadAllTextAsync($"{Server.StrangeKeyFile}.pub")).Split(' ')[1];
        return (text.Contains(known, StringComparison.Ordinal), text.Contains(other, StringComparison.Ordinal)) switch
        {
            (true, false) => "the key",
            (false, true) => "another key",
            (false, false) => "nothing",
            _ => "both",
        };
    }
}
