using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Libvirt.Testing;

/// <summary>
/// A private sshd on loopback with keys of its own. Commands run as the user of a daemon, with its runtime directory, as if that user had logged in.
/// </summary>
public sealed class SshServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Reaper _reaper;
    private Process? _process;

    private SshServer(Reaper reaper) => _reaper = reaper;

    /// <summary>Its loopback port.</summary>
    public int Port { get; private set; }

    /// <summary>The private key that it lets in.</summary>
    public string KeyFile => Path.Combine(_reaper.Directory, "user");

    /// <summary>A private key that it does not let in.</summary>
    public string StrangeKeyFile => Path.Combine(_reaper.Directory, "stranger");

    /// <summary>A file of host keys that has the server's.</summary>
    public string KnownHostsFile => Path.Combine(_reaper.Directory, "known_hosts");

    /// <summary>Starts a server in front of a daemon and waits until it accepts connections.</summary>
    public static async Task<SshServer> StartAsync(LibvirtDaemon daemon)
    {
        SshServer server = new(Reaper.Create());
        try
        {
            foreach (string name in (string[])["host", "user", "stranger"])
                (await Command.RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(server._reaper.Directory, name)])).EnsureSuccess();
            await server.LaunchAsync(daemon);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the server and every session, and removes the directory.</summary>
    public async ValueTask DisposeAsync()
    {
        await _reaper.DisposeAsync();
        _process?.Dispose();
    }

    private async Task LaunchAsync(LibvirtDaemon daemon)
    {
        string directory = _reaper.Directory;
        Port = Ports.Free();
        string hostKey = await File.ReadAllTextAsync(Path.Combine(directory, "host.pub"));
        await File.WriteAllTextAsync(KnownHostsFile, $"[127.0.0.1]:{Port} {hostKey}");
        string runtime = Path.Combine(daemon.Directory, "run");
        string asUser = Posix.EffectiveUserId == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
        string configuration = Path.Combine(directory, "sshd_config");
        // The login shell reads the start-up files of its home: not those of whoever runs the tests, which may take long, or hang when they are cut off.
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {directory}/host
            AuthorizedKeysFile {directory}/user.pub
            PidFile none
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            MaxStartups 100
            SetEnv HOME={directory}
            ForceCommand {asUser}env XDG_RUNTIME_DIR={runtime} HOME={daemon.Directory}/home sh -c "$SSH_ORIGINAL_COMMAND"

            """));
        if (Posix.EffectiveUserId == 0)
            Directory.CreateDirectory("/run/sshd");
        ProcessStartInfo info = new("setpriv");
        foreach (string argument in (string[])["--pdeathsig=KILL", "/usr/sbin/sshd", "-D", "-f", configuration, "-E", Path.Combine(directory, "sshd.log")])
            info.ArgumentList.Add(argument);
        _process = ProcessStarter.Start(info);
        await Eventually.IsTrueAsync(Accepts, StartLimit, () => File.ReadAllText(Path.Combine(directory, "sshd.log")));
    }

    private bool Accepts()
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(new IPEndPoint(IPAddress.Loopback, Port));
        return true;
    }
}
