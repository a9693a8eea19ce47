using System.Diagnostics;
using System.Net.Sockets;

namespace Libvirt.Testing;

/// <summary>A private ssh-agent, empty at first.</summary>
public sealed class SshAgent : IAsyncDisposable
{
    private readonly Reaper _reaper;
    private Process? _process;

    private SshAgent(Reaper reaper) => _reaper = reaper;

    /// <summary>What <c>SSH_AUTH_SOCK</c> is to be for who shall use it.</summary>
    public string SocketPath => Path.Combine(_reaper.Directory, "agent");

    /// <summary>Starts an agent and waits until it accepts connections.</summary>
    public static async Task<SshAgent> StartAsync()
    {
        SshAgent agent = new(Reaper.Create());
        ProcessStartInfo info = new("setpriv") { RedirectStandardOutput = true };
        foreach (string argument in (string[])["--pdeathsig=KILL", "ssh-agent", "-D", "-a", agent.SocketPath])
            info.ArgumentList.Add(argument);
        agent._process = ProcessStarter.Start(info);
        await Eventually.IsTrueAsync(agent.Accepts);
        return agent;
    }

    /// <summary>Gives it a key.</summary>
    public async Task AddAsync(string keyFile, string passPhrase = "")
    {
        string askpass = Script.Create("askpass", $"echo '{passPhrase}'");
        (await Command.RunAsync("ssh-add", [keyFile], environment: new Dictionary<string, string?>
        {
            ["SSH_AUTH_SOCK"] = SocketPath,
            ["SSH_ASKPASS"] = askpass,
            ["SSH_ASKPASS_REQUIRE"] = "force",
        })).EnsureSuccess();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _reaper.DisposeAsync();
        _process?.Dispose();
    }

    private bool Accepts()
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
