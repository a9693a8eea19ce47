using System.Text.Json.Nodes;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>The admin program by name, on a real daemon's admin socket.</summary>
public sealed class CallAdminTests(SharedDaemon shared)
{
    [Fact]
    public async Task The_servers_are_those_that_virt_admin_lists()
    {
        await using RecordingProxy door = shared.Daemon.OpenAdminProxy();
        string[] expected = [.. (await Virsh.Admin(door.SocketPath).RunAsync("srv-list"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1])];

        string answer = await Virtactl.On($"libvirtd:///session?socket={door.SocketPath}").RunAsync(
            "call", "admin_connect_list_servers", "{\"need_results\": 1, \"flags\": 0}");

        Assert.Equal(expected, JsonNode.Parse(answer)!["servers"]!.AsArray().Select(server => server!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_uri_of_a_hypervisor_is_no_uri_of_a_daemon()
    {
        CommandResult result = await shared.TestDriver.TryAsync("call", "admin_connect_get_lib_version", "{}");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("libvirtd:///system", result.Error, StringComparison.Ordinal);
    }
}
