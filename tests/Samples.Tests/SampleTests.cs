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
    public async Task Hosted_worker_counts_domains_tells_health_and_logs_to_console_and_file()
    {
        string logs = Directory.CreateTempSubdirectory("worker").FullName;
        Dictionary<string, string?> environment = new() { ["INVENTORY_EVERY"] = "100ms", ["LOGS"] = logs };
        await using (RunningProgram sample = RunningSample.Start("HostedWorker", environment, $"--libvirt:hypervisors:lab={Daemon.TestUri}"))
        {
            await sample.HasPrintedAsync("Hypervisor lab was added: test+unix:");
            await sample.HasPrintedAsync("INF] lab has 1 domains, 1 of them running");
            await sample.HasPrintedAsync("Health is Healthy: 1 of 1 hypervisors are ready");
            Assert.Equal(0, await sample.InterruptAsync());
            Assert.Contains("Hypervisor lab has closed", sample.Output, StringComparison.Ordinal);
        }

        string log = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(logs)), TestContext.Current.CancellationToken);
        Assert.Contains("lab has 1 domains, 1 of them running", log, StringComparison.Ordinal);
        Directory.Delete(logs, recursive: true);
    }
}
