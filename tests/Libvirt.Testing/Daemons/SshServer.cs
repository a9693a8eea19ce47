using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Libvirt.Testing;

/// <summary>
/// A private sshd on loopback with keys of its own. Commands run as the user of a daemon, with its runtime directory, as if that user had logged in.
/// It listens on IPv6 too where the machine has it.
/// </summary>
public sealed class SshServer : IAsyncDisposable
{
    private const string PamConfiguration = "/etc/pam.d/sshd";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Reaper _reaper;
    private Process? _process;

    private SshServer(Reaper reaper) => _reaper = reaper;

    /// <summary>Why this user cannot have a server that takes passwords, which needs a PAM configuration that only it sees; null where it can.</summary>
    public static async Task<string?> FindPasswordObstacleAsync()
    {
        CommandResult probe = await Command.RunAsync("unshare", ["-m", "mount", "--bind", "/etc/hostname", PamConfiguration]);
        return probe.ExitCode == 0 ? null : $"A configuration of PAM for one process alone needs a mount namespace: {probe.Error.Trim()}";
    }

    /// <summary>Its loopback port.</summary>
    public int Port { get; private set; }

    /// <summary>The private key that it lets in.</summary>
    public string KeyFile => Path.Combine(_reaper.Directory, "user");

    /// <summary>A private key that it does not let in.</summary>
    public string StrangeKeyFile => Path.Combine(_reaper.Directory, "stranger");

    /// <summary>A private key that it lets in and that nobody can read without <see cref="PassPhrase"/>.</summary>
    public string EncryptedKeyFile => Path.Combine(_reaper.Directory, "encrypted");

    /// <summary>The pass phrase of <see cref="EncryptedKeyFile"/>.</summary>
    public static string PassPhrase => "open, sesame";

    /// <summary>A file of host keys that has the server's.</summary>
    public string KnownHostsFile => Path.Combine(_reaper.Directory, "known_hosts");

    /// <summary>What it logged: whom it let in, and how.</summary>
    public string Log => File.ReadAllText(Path.Combine(_reaper.Directory, "sshd.log"));

    /// <summary>Starts a server in front of a daemon and waits until it accepts connections.</summary>
    /// <param name="daemon">Where commands find their daemon.</param>
    /// <param name="password">What lets in besides keys, as password and in answer to questions; null for keys alone.</param>
    public static async Task<SshServer> StartAsync(LibvirtDaemon daemon, string? password = null)
    {
        SshServer server = new(Reaper.Create());
        try
        {
            foreach (string name in (string[])["host", "user", "stranger", "encrypted"])
            {
                string phrase = name == "encrypted" ? PassPhrase : "";
                (await Command.RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", phrase, "-f", Path.Combine(server._reaper.Directory, name)])).EnsureSuccess();
            }

            await server.LaunchAsync(daemon, password);
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

    private async Task LaunchAsync(LibvirtDaemon daemon, string? password)
    {
        string directory = _reaper.Directory;
        Port = Ports.Free();
        string hostKey = await File.ReadAllTextAsync(Path.Combine(directory, "host.pub"));
        await File.WriteAllTextAsync(KnownHostsFile, $"[127.0.0.1]:{Port},[::1]:{Port} {hostKey}");
        string runtime = Path.Combine(daemon.Directory, "run");
        string asUser = Posix.EffectiveUserId == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
        string configuration = Path.Combine(directory, "sshd_config");
        // The login shell reads the start-up files of its home: not those of whoever runs the tests, which may take long, or hang when they are cut off.
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            Port {Port}
            ListenAddress 127.0.0.1
            {(Ports.HasIPv6 ? "ListenAddress [::1]" : "")}
            HostKey {directory}/host
            AuthorizedKeysFile {directory}/user.pub {directory}/encrypted.pub
            PidFile none
            StrictModes no
            UsePAM {(password is null ? "no" : "yes")}
            PermitRootLogin yes
            PasswordAuthentication {(password is null ? "no" : "yes")}
            KbdInteractiveAuthentication {(password is null ? "no" : "yes")}
            MaxStartups 100
            SetEnv HOME={directory}
            ForceCommand {asUser}env XDG_RUNTIME_DIR={runtime} HOME={daemon.Directory}/home sh -c "$SSH_ORIGINAL_COMMAND"

            """));
        if (Posix.EffectiveUserId == 0)
            Directory.CreateDirectory("/run/sshd");
        ProcessStartInfo info = new("setpriv");
        string[] server = ["/usr/sbin/sshd", "-D", "-f", configuration, "-E", Path.Combine(directory, "sshd.log")];
        foreach (string argument in (string[])["--pdeathsig=KILL", .. password is null ? [] : await WithPasswordAsync(password), .. server])
            info.ArgumentList.Add(argument);
        _process = ProcessStarter.Start(info);
        await Eventually.IsTrueAsync(Accepts, StartLimit, () => File.ReadAllText(Path.Combine(directory, "sshd.log")));
    }

    /// <summary>The words that make a program see a PAM configuration of its own, by which one password lets everybody in.</summary>
    private async Task<string[]> WithPasswordAsync(string password)
    {
        string secret = Path.Combine(_reaper.Directory, "password");
        string check = Script.Write(Path.Combine(_reaper.Directory, "check"), $"[ \"$PAM_TYPE\" != auth ] || [ \"$(tr -d '\\0')\" = \"$(cat {secret})\" ]");
        string pam = Path.Combine(_reaper.Directory, "pam");
        await File.WriteAllTextAsync(secret, password);
        await File.WriteAllTextAsync(pam, $"""
            auth required pam_exec.so expose_authtok quiet {check}
            auth required pam_permit.so
            account required pam_permit.so
            session required pam_permit.so

            """);
        return ["unshare", "-m", "sh", "-c", $"mount --bind '{pam}' {PamConfiguration} && exec \"$@\"", "sh"];
    }

    private bool Accepts()
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(new IPEndPoint(IPAddress.Loopback, Port));
        return true;
    }
}
