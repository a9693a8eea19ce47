using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>Which of two daemons a user finds who has both a virtqemud and a libvirtd, and which when one of them is gone: as virsh does in the same place.</summary>
public sealed class DaemonChoiceTests(ModularUser user) : IClassFixture<ModularUser>, IAsyncLifetime
{
    private static readonly string[] Uris = ["qemu:///session", "qemu:///session?mode=auto", "qemu:///session?mode=direct", "qemu:///session?mode=legacy"];

    private LibvirtDaemon? _monolithic;

    public async ValueTask InitializeAsync() => _monolithic = await LibvirtDaemon.StartAsync();

    public ValueTask DisposeAsync() => _monolithic!.DisposeAsync();

    [Fact]
    public async Task Virtqemud_comes_first_and_libvirtd_where_it_is_asked_for_or_alone()
    {
        ModularDaemons daemons = await user.DaemonsAsync();
        await daemons.Qemu.DefineGuestAsync(new GuestDefinition { Name = "modular" });
        await _monolithic!.DefineGuestAsync(new GuestDefinition { Name = "monolithic" });
        // libvirtd in the place that the proxy had.
        await daemons.Proxy.KillAsync();
        File.Delete(daemons.Proxy.SocketPath);
        File.CreateSymbolicLink(daemons.Proxy.SocketPath, _monolithic.SocketPath);
        (await Command.RunAsync("chmod", ["a+rx", _monolithic.RuntimeDirectory, Path.GetDirectoryName(_monolithic.SocketPath)!])).EnsureSuccess();

        Assert.Equal(["modular", "modular", "modular", "monolithic"], await FoundAsync());

        await daemons.Qemu.KillAsync();
        // The socket's file is left behind: whoever finds it takes it for the daemon's.
        Assert.Equal(["nobody", "nobody", "nobody", "monolithic"], await FoundAsync());

        File.Delete(daemons.Qemu.SocketPath);
        Assert.Equal(["monolithic", "monolithic", "nobody", "monolithic"], await FoundAsync());
    }

    // The guest that both clients find by each URI; nobody where neither gets in.
    private async Task<string[]> FoundAsync()
    {
        List<string> found = [];
        foreach (string uri in Uris)
        {
            CommandResult ours = await user.VirtactlAsync("-c", uri, "list", "--all", "--name");
            CommandResult theirs = await user.VirshAsync("-c", uri, "list", "--all", "--name");
            Assert.Equal((theirs.ExitCode == 0, theirs.Output.Trim()), (ours.ExitCode == 0, ours.Output.Trim()));
            found.Add(ours.ExitCode == 0 ? ours.Output.Trim() : "nobody");
        }

        return [.. found];
    }
}
