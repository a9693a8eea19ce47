using System.Text.Json.Nodes;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>Events on a terminal and as JSON, from real daemons that may go and come back.</summary>
public sealed class EventTests(SharedDaemon shared)
{
    [Fact]
    public async Task The_first_event_ends_the_wait()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using FollowedCommand waiting = FollowedCommand.Start(daemon.TestUri, "event", "test", "--event", "lifecycle", "--timeout", "60");

        string line = await waiting.SeesAsync("event 'lifecycle'", () => BlinkAsync(daemon));

        Assert.StartsWith("event 'lifecycle' for domain 'test': ", line, StringComparison.Ordinal);
        Assert.Equal(0, await waiting.EndsAsync());
    }

    [Fact]
    public async Task With_loop_a_reader_that_goes_away_ends_it()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        string script = $"'{Virtactl.Program}' -c '{daemon.TestUri}' event --event lifecycle --loop | head -n 1; echo ${{PIPESTATUS[0]}}";
        Task<CommandResult> running = Command.RunAsync("bash", ["-c", script], environment: Virsh.ClientEnvironment);

        while (!running.IsCompleted)
            await BlinkAsync(daemon);

        Assert.Matches(@"^event 'lifecycle' for domain 'test': .*\n0\n$", (await running).Output);
    }

    [Fact]
    public async Task With_loop_a_restart_of_the_daemon_is_survived_and_its_gap_shown()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using FollowedCommand following = FollowedCommand.Start(daemon.TestUri, "event", "--all", "--loop", "-o", "json");
        string before = await following.SeesAsync("\"Suspended\"", () => BlinkAsync(daemon));

        await daemon.KillAsync();
        await daemon.RestartAsync();
        string gap = await following.SeesAsync("\"gap\"");
        Assert.NotNull(JsonNode.Parse(gap)!["gap"]!["reason"]);

        await following.SeesAsync("\"Stopped\"", () => Virsh.On(daemon.TestUri).TryAsync("destroy", "test"));
        JsonNode happened = JsonNode.Parse(before)!;
        Assert.Equal(("lifecycle", "test"), (happened["event"]!.GetValue<string>(), happened["domain"]!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_happened_is_said_in_virshs_words()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await daemon.DefineGuestAsync(new GuestDefinition { Name = "guest" });
        await using FollowedCommand following = FollowedCommand.Start(daemon.SessionUri, "event", "guest", "--event", "lifecycle", "--loop");

        await following.SeesAsync("event 'lifecycle' for domain 'guest': Shutdown Finished after host request", async () =>
        {
            await Virsh.On(daemon.SessionUri).TryAsync("start", "guest");
            await Virsh.On(daemon.SessionUri).TryAsync("destroy", "guest");
        });
    }

    [Fact]
    public async Task No_event_in_time_is_a_timeout()
    {
        CommandResult result = await shared.TestDriver.TryAsync("event", "--event", "reboot", "--timeout", "1");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("no event", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--event KIND or --all", "event")]
    [InlineData("no 'eclipse' events", "event", "--event", "eclipse")]
    public async Task A_kind_that_is_missing_or_unknown_is_a_usage_error(string text, params string[] arguments)
    {
        CommandResult result = await shared.TestDriver.TryAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(text, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kinds_are_those_that_virsh_lists()
    {
        string[] ours = (await shared.TestDriver.RunAsync("event", "--list")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] virsh = (await Virsh.On(shared.Daemon.TestUri).RunAsync("event", "--list")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Empty(virsh.Except(ours));
    }

    [Fact]
    public async Task A_monitor_is_commanded_and_listened_to()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await daemon.CreateGuestAsync(new GuestDefinition { Name = "guest" });
        Virtactl virtactl = Virtactl.On(daemon.SessionUri);
        await using FollowedCommand listening = FollowedCommand.Start(
            daemon.SessionUri, "qemu-monitor-event", "guest", "--event", "(stop|resume)", "--regex", "--no-case", "--timeout", "60");

        Assert.Contains("\"running\"", await virtactl.RunAsync("qemu-monitor-command", "guest", "{\"execute\":\"query-status\"}"), StringComparison.Ordinal);
        Assert.Contains("running", await virtactl.RunAsync("qemu-monitor-command", "guest", "--hmp", "info", "status"), StringComparison.Ordinal);
        string line = await listening.SeesAsync("event 'qemu-monitor'", async () =>
        {
            await virtactl.TryAsync("suspend", "guest");
            await virtactl.TryAsync("resume", "guest");
        });

        Assert.Matches("STOP|RESUME", line);
        Assert.Equal(0, await listening.EndsAsync());
    }

    [Fact]
    public async Task A_guest_without_an_agent_refuses_agent_commands()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await daemon.CreateGuestAsync(new GuestDefinition { Name = "guest" });

        CommandResult result = await Virtactl.On(daemon.SessionUri).TryAsync("qemu-agent-command", "guest", "{\"execute\":\"guest-ping\"}");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("agent", result.Error, StringComparison.Ordinal);
    }

    private static async Task BlinkAsync(LibvirtDaemon daemon)
    {
        await Virsh.On(daemon.TestUri).TryAsync("suspend", "test");
        await Virsh.On(daemon.TestUri).TryAsync("resume", "test");
    }
}
