using System.Text.Json.Nodes;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary><c>virtactl simulate</c> as a process of its own, driven by virsh.</summary>
public sealed class SimulateTests
{
    [Fact]
    public async Task Each_host_has_a_port_and_virsh_steers_its_guests()
    {
        await using FollowedCommand simulate = FollowedCommand.StartBare("simulate", "--hosts", "2");
        string[] uris = await simulate.PrintsAsync(2);

        Assert.Equal("hv1", (await Virsh.On(uris[0]).RunAsync("hostname")).Trim());
        Assert.Equal("hv2", (await Virsh.On(uris[1]).RunAsync("hostname")).Trim());
        Assert.Equal(["db", "web"], (await Virsh.On(uris[1]).RunAsync("list", "--name")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        await Virsh.On(uris[1]).RunAsync("start", "spare");
        Assert.Equal("running", (await Virsh.On(uris[1]).RunAsync("domstate", "spare")).Trim());
        Assert.Equal("shut off", (await Virsh.On(uris[0]).RunAsync("domstate", "spare")).Trim());
    }

    [Theory]
    [InlineData("tcp://0.0.0.0:0", true)]
    [InlineData("tcp://127.0.0.1:0", false)]
    public async Task An_address_that_other_hosts_can_reach_causes_a_warning(string address, bool isWarned)
    {
        await using RunningProgram simulate = RunningProgram.Start(Virtactl.Program, ["simulate", "--listen", address]);
        await simulate.HasPrintedAsync("qemu+tcp://");

        Assert.Equal(isWarned, simulate.Output.Contains("warning: tcp://0.0.0.0:0 can be reached from other hosts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_socket_for_each_host_beside_one_for_all()
    {
        string each = Scratch.NewPath("{host}.sock");
        string shared = Scratch.NewPath("all.sock");
        await using FollowedCommand simulate =
            FollowedCommand.StartBare("simulate", "--hosts", "2", "--listen", $"unix://{each}", $"unix://{shared}", "-o", "json");
        JsonArray printed = JsonNode.Parse(string.Join('\n', (await simulate.SeesAsync("]")).Length > 0 ? await simulate.PrintsAsync(1) : []))!.AsArray();

        Assert.Equal(
            [
                ("hv1", $"qemu+unix:///hv1?socket={each.Replace("{host}", "hv1", StringComparison.Ordinal)}"),
                ("hv1", $"qemu+unix:///hv1?socket={shared}"),
                ("hv2", $"qemu+unix:///hv2?socket={each.Replace("{host}", "hv2", StringComparison.Ordinal)}"),
                ("hv2", $"qemu+unix:///hv2?socket={shared}"),
            ],
            printed.Select(row => ((string)row!["host"]!, (string)row["uri"]!)));
        foreach (JsonNode? row in printed)
            Assert.Equal((string)row!["host"]!, (await Virsh.On((string)row["uri"]!).RunAsync("hostname")).Trim());
    }

    [Fact]
    public async Task Volumes_in_a_folder_are_there_again()
    {
        string folder = Scratch.NewPath("storage");
        for (int time = 1; time <= 2; time++)
        {
            await using FollowedCommand simulate = FollowedCommand.StartBare("simulate", "--hosts", "2", "--storage", folder);
            Virsh virsh = Virsh.On((await simulate.PrintsAsync(2))[1]);

            await virsh.RunAsync("vol-create-as", "default", $"disk{time}", "1M");

            Assert.Equal(time, Directory.GetFiles(Path.Combine(folder, "hv2", "default")).Length);
            Assert.Contains($"disk1 ", await virsh.RunAsync("vol-list", "default"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_it_in_order(string signal)
    {
        string socket = Scratch.NewPath("sim.sock");
        await using FollowedCommand simulate = FollowedCommand.StartBare("simulate", "--listen", $"unix://{socket}");
        await simulate.PrintsAsync(1);

        await simulate.SignalAsync(signal);

        Assert.Equal(0, await simulate.EndsAsync());
        Assert.False(File.Exists(socket));
    }

    [Fact]
    public async Task A_script_says_what_is_there_and_what_goes_wrong()
    {
        string script = Scratch.NewPath("script.json");
        await File.WriteAllTextAsync(
            script,
            """
            {
              "hosts": [{ "name": "rack", "domains": [{ "name": "guest-{n}", "count": 3, "vcpus": 2 }] }],
              "faults": [{ "on": "domain_suspend", "times": 1, "do": "refuse", "code": "OperationTimeout", "detail": "busy" }],
            }
            """,
            TestContext.Current.CancellationToken);
        await using FollowedCommand simulate = FollowedCommand.StartBare("simulate", "--script", script);
        Virsh virsh = Virsh.On((await simulate.PrintsAsync(1))[0]);

        CommandResult refused = await virsh.TryAsync("suspend", "guest-2");
        await virsh.RunAsync("suspend", "guest-2");

        Assert.Contains("busy", refused.Error, StringComparison.Ordinal);
        Assert.Equal("paused", (await virsh.RunAsync("domstate", "guest-2")).Trim());
        Assert.Equal("rack", (await virsh.RunAsync("hostname")).Trim());
    }

    [Fact]
    public async Task A_script_that_makes_no_sense_is_a_mistake_of_the_user()
    {
        CommandResult result = await Virtactl.On("unused:///").TryWithInputAsync("""{ "faults": [{ "on": "connect", "do": "dance" }] }""", "simulate", "--script", "-");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("faults[0]: 'do' on 'connect' is none of refuse, delay, stall, but 'dance'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_lies_where_it_is_to_listen_is_left_alone()
    {
        string file = Scratch.NewPath("letter");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);

        CommandResult result = await Virtactl.RunBareAsync("simulate", "--listen", $"unix://{file}");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Other_commands_do_not_load_the_simulator()
    {
        await using FollowedCommand simulate = FollowedCommand.StartBare("simulate");
        string uri = (await simulate.PrintsAsync(1))[0];
        await using FollowedCommand other = FollowedCommand.Start(uri, "event", "--event", "lifecycle", "--loop");
        await other.SeesAsync("Resumed", async () =>
        {
            await Virsh.On(uri).RunAsync("suspend", "web");
            await Virsh.On(uri).RunAsync("resume", "web");
        });

        Assert.Contains("Libvirt.Simulator.dll", simulate.LoadedAssemblies);
        Assert.Contains("Libvirt.Protocol.dll", other.LoadedAssemblies);
        Assert.DoesNotContain("Libvirt.Simulator.dll", other.LoadedAssemblies);
    }
}
