using System.Runtime.InteropServices;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>
/// Which of two daemons a user finds in the own runtime directory, one under a driver's own name and one under libvirtd's. Both are libvirtds: Debian 12 has no
/// packages of the others.
/// </summary>
public sealed class ModularDaemonTests : IAsyncLifetime
{
    private LibvirtDaemon _own = null!;
    private LibvirtDaemon _shared = null!;

    private string Runtime => Path.Combine(_own.DataDirectory, "runtime");

    private string Program => Path.Combine(_own.DataDirectory, "program", "virtactl");

    public async ValueTask InitializeAsync()
    {
        (_own, _shared) = (await LibvirtDaemon.StartAsync(), await LibvirtDaemon.StartAsync());
        string sockets = Directory.CreateDirectory(Path.Combine(Runtime, "libvirt")).FullName;
        File.CreateSymbolicLink(Path.Combine(sockets, "virtqemud-sock"), _own.SocketPath);
        File.CreateSymbolicLink(Path.Combine(sockets, "libvirt-sock"), _shared.SocketPath);
        await _own.DefineGuestAsync(new GuestDefinition { Name = "own" });
        await _shared.DefineGuestAsync(new GuestDefinition { Name = "shared" });
        // Where the tests lie another user may not come.
        (await Command.RunAsync("cp", ["-r", AppContext.BaseDirectory, Path.GetDirectoryName(Program)!])).EnsureSuccess();
        (await Command.RunAsync("chmod", ["-R", "a+rwX", _own.DataDirectory])).EnsureSuccess();
    }

    public async ValueTask DisposeAsync()
    {
        await _own.DisposeAsync();
        await _shared.DisposeAsync();
    }

    [Fact]
    public async Task A_mode_leads_where_it_leads_virsh()
    {
        foreach ((string uri, string guest) in ((string, string)[])
            [
                ("qemu:///session", "own"), ("qemu:///session?mode=auto", "own"), ("qemu:///session?mode=direct", "own"), ("qemu:///session?mode=legacy", "shared"),
            ])
        {
            CommandResult ours = await AsUserAsync(Program, "-c", uri, "list", "--all", "--name");
            CommandResult theirs = await AsUserAsync("virsh", "-c", uri, "list", "--all", "--name");

            Assert.Equal(guest, ours.EnsureSuccess().Output.Trim());
            Assert.Equal(guest, theirs.EnsureSuccess().Output.Trim());
        }

        CommandResult nobody = await AsUserAsync(Program, "-c", "storage:///session?mode=direct", "pool-list");
        Assert.Equal(3, nobody.ExitCode);
        Assert.Contains($"{Runtime}/libvirt/virtstoraged-sock", nobody.Error, StringComparison.Ordinal);
    }

    // Root has no session daemon: where the tests run as root, the client runs as the daemons' user.
    private async Task<CommandResult> AsUserAsync(params string[] words)
    {
        Dictionary<string, string?> environment = new(Virsh.ClientEnvironment)
        {
            ["XDG_RUNTIME_DIR"] = Runtime,
            ["HOME"] = _own.DataDirectory,
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
        };
        string[] user = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : ["env"];
        return await Command.RunAsync(user[0], [.. user[1..], .. words], environment: environment);
    }
}
