using Libvirt.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(Samples.Tests.DaemonFixture))]

namespace Samples.Tests;

/// <summary>Each sample against a daemon of its own kind, doing what its page says.</summary>
public sealed class SampleTests(DaemonFixture fixture)
{
    private static readonly Dictionary<string, string?> NoEnvironment = [];

    private LibvirtDaemon Daemon => fixture.Daemon;

    [Fact]
    public async Task List_domains_prints_the_domains_and_what_they_use()
    {
        CommandResult result = await Command.RunAsync(
            RunningSample.Executable("ListDomains"), [Daemon.TestUri], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"^test +Running +\d+ MiB +2 CPUs\s*$", result.Output);
    }

    [Fact]
    public async Task List_domains_says_why_it_cannot()
    {
        CommandResult result = await Command.RunAsync(
            RunningSample.Executable("ListDomains"), ["test+unix:///default?socket=/nowhere"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("/nowhere", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WatchEvents", 1, "test+unix:///default?socket=/nowhere", "/nowhere")]
    [InlineData("WatchEvents", 1, "nonsense", "'nonsense' is not a URI")]
    [InlineData("SupervisedFleet", 2, "nonsense", "'nonsense' is not a URI")]
    [InlineData("ControlPlane", 2, "--connect nonsense", "'nonsense' is not a URI")]
    public async Task A_sample_says_in_a_sentence_why_it_cannot(string sample, int exitCode, string arguments, string named)
    {
        CommandResult result = await Command.RunAsync(
            RunningSample.Executable(sample), arguments.Split(' '), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(named, Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Supervised_fleet_says_of_a_daemon_that_is_away_that_it_waits()
    {
        await using RunningProgram sample = RunningSample.Start("SupervisedFleet", NoEnvironment, "test+unix:///default?socket=/nowhere");

        await sample.HasPrintedAsync("attempt 1 failed, the next one comes at ");

        Assert.Equal(0, await sample.InterruptAsync());
    }

    [Fact]
    public async Task Watch_events_prints_what_happens()
    {
        await using RunningProgram sample = RunningSample.Start("WatchEvents", NoEnvironment, Daemon.TestUri);
        await sample.HasPrintedAsync("watching test+unix:");

        await Virsh.On(Daemon.TestUri).RunAsync("suspend", "test");
        await sample.HasPrintedAsync("test: Suspended");
        await Virsh.On(Daemon.TestUri).RunAsync("resume", "test");
        await sample.HasPrintedAsync("test: Resumed");

        Assert.Equal(0, await sample.InterruptAsync());
        Assert.EndsWith("done", sample.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_events_tells_of_the_gap_that_a_daemons_crash_leaves()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using RunningProgram sample = RunningSample.Start("WatchEvents", NoEnvironment, daemon.TestUri);
        await sample.HasPrintedAsync("watching test+unix:");

        await daemon.RestartAsync(TestContext.Current.CancellationToken);

        await sample.HasPrintedAsync("nothing was heard from ");
        Assert.Equal(0, await sample.InterruptAsync());
    }

    [Fact]
    public async Task Supervised_fleet_starts_a_crashed_guest_again()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using RunningProgram sample = RunningSample.Start("SupervisedFleet", NoEnvironment, daemon.TestUri);
        await sample.HasPrintedAsync("test is Running");

        await Virsh.On(daemon.TestUri).RunAsync("dump", "--crash", "test", Path.Combine(daemon.DataDirectory, "core"));

        await sample.HasPrintedAsync("test crashed; starting it again");
        await Eventually.IsTrueAsync(
            () => sample.Output.Split("test is Running").Length == 3, null, () => sample.Output, TestContext.Current.CancellationToken);
        Assert.Equal(0, await sample.InterruptAsync());
    }

    [Fact]
    public async Task Hosted_worker_counts_domains_tells_health_and_metrics_and_logs_to_console_and_file()
    {
        string logs = Directory.CreateTempSubdirectory("worker").FullName;
        Dictionary<string, string?> environment = new() { ["INVENTORY_EVERY"] = "100ms", ["METRICS_EVERY"] = "100ms", ["LOGS"] = logs };
        await using (RunningProgram sample = RunningSample.Start("HostedWorker", environment, $"--libvirt:hypervisors:lab={Daemon.TestUri}"))
        {
            await sample.HasPrintedAsync("Hypervisor lab was added: test+unix:");
            await sample.HasPrintedAsync("INF] lab has 1 domains, 1 of them running");
            await sample.HasPrintedAsync("Health is Healthy: 1 of 1 hypervisors are ready");
            await sample.HasPrintedAsync("ms each; 1 hypervisors ready, ");
            Assert.Equal(0, await sample.InterruptAsync());
            Assert.Contains("Hypervisor lab has closed", sample.Output, StringComparison.Ordinal);
        }

        string log = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(logs)), TestContext.Current.CancellationToken);
        Assert.Contains("lab has 1 domains, 1 of them running", log, StringComparison.Ordinal);
        Directory.Delete(logs, recursive: true);
    }

    [Fact]
    public async Task Control_plane_tells_its_story_in_lines_where_nobody_sees_colours()
    {
        CommandResult result = await Command.RunAsync(
            RunningSample.Executable("ControlPlane"), ["--pace", "8"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.DoesNotContain('\e', result.Output);
        Assert.Matches(@"(?m)^[\d:.]+ Guest +hv\d/\S+ +(suspended|resumed|rebooted|stopped|started|crashed)$", result.Output);
        Assert.Matches(@"(?m)^[\d:.]+ Connection +hv2 +connection lost", result.Output);
        Assert.Matches(@"(?m)^[\d:.]+ Connection +hv2 +connected again$", result.Output);
        Assert.Matches(@"(?m)^[\d:.]+ Console +hv1/db-1 +hello from the other side$", result.Output);
        Assert.Contains("hv3/golden.img downloaded, 64 MiB", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"30 guests on 3 hypervisors, \d+ events, 1 connection lost and found again\.\n$", result.Output);
    }

    [Fact]
    public async Task Control_plane_draws_on_a_terminal_and_ends_by_itself()
    {
        string line = $"stty rows 36 cols 150 && exec '{RunningSample.Executable("ControlPlane")}' --pace 8";

        CommandResult result = await Command.RunAsync(
            "script", ["-qec", line, "/dev/null"], environment: new Dictionary<string, string?> { ["TERM"] = "xterm-256color" }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("\e[", result.Output, StringComparison.Ordinal);
        Assert.All(["╭", "hv1", "console of hv1/db-1", "golden.img", "━"], drawn => Assert.Contains(drawn, result.Output, StringComparison.Ordinal));
        Assert.Contains("30 guests on 3 hypervisors", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_plane_watches_a_real_daemon()
    {
        await using RunningProgram sample = RunningSample.Start("ControlPlane", NoEnvironment, "--connect", Daemon.TestUri);
        await sample.HasPrintedAsync(" connected");

        await Eventually.GetAsync(
            async () =>
            {
                await Virsh.On(Daemon.TestUri).RunAsync("suspend", "test");
                await Virsh.On(Daemon.TestUri).RunAsync("resume", "test");
                return sample.Output;
            },
            output => output.Contains("/test suspended", StringComparison.Ordinal),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(0, await sample.InterruptAsync());
        await sample.HasPrintedAsync("1 guest on 1 hypervisor");
    }

    [Fact]
    public async Task Scenario_tests_pass()
    {
        CommandResult result = await Command.RunAsync(
            "dotnet", ["vstest", Path.ChangeExtension(RunningSample.Executable("ScenarioTests"), ".dll")], cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Matches(@"Passed: +5,", result.Output);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(40, 10)]
    public async Task Control_plane_fits_a_terminal_of_any_size(int columns, int rows)
    {
        string line = $"stty rows {rows} cols {columns} && exec '{RunningSample.Executable("ControlPlane")}' --pace 20";

        CommandResult result = await Command.RunAsync(
            "script", ["-qec", line, "/dev/null"], environment: new Dictionary<string, string?> { ["TERM"] = "xterm-256color" }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("hv1", result.Output, StringComparison.Ordinal);
        string[] drawn =
        [
            .. System.Text.RegularExpressions.Regex.Replace(result.Output, @"\e(\[[0-9;?]*[A-Za-z]|=)", "").Split(['\r', '\n']).Where(text => text.Contains('│')),
        ];
        Assert.NotEmpty(drawn);
        Assert.All(drawn, text => Assert.InRange(text.Length, 0, columns));
    }

    [Fact]
    public async Task Control_plane_names_a_uri_that_is_none()
    {
        CommandResult result = await Command.RunAsync(
            RunningSample.Executable("ControlPlane"), ["--connect", "nonsense"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("'nonsense' is not a URI", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_plane_explains_itself_to_who_mistypes()
    {
        CommandResult result = await Command.RunAsync(
            RunningSample.Executable("ControlPlane"), ["--conect", "x"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("--connect URI", result.Error, StringComparison.Ordinal);
    }
}
