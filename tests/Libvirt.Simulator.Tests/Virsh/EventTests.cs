using Libvirt.Testing;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>libvirt's own client hears what happens, in both families of events.</summary>
public sealed class EventTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lifecycle_events_reach_a_client(bool hasCallbacks)
    {
        await using SimulatorFixture fixture = new(new SimulatorOptions { HasEventCallbacks = hasCallbacks });
        await using RunningProgram virsh = Follow(fixture, "event", "--event", "lifecycle", "--loop");
        await WhenListeningAsync(fixture);

        fixture.Web.Suspend();
        fixture.Web.Resume();
        fixture.Spare.Start();
        fixture.Spare.Destroy();

        await virsh.HasPrintedAsync("Stopped Destroyed");
        string[] lines = [.. virsh.Output.Split('\n').Where(l => l.StartsWith("event", StringComparison.Ordinal))];
        Assert.Equal(
            [
                "event 'lifecycle' for domain 'web': Suspended Paused",
                "event 'lifecycle' for domain 'web': Resumed Unpaused",
                "event 'lifecycle' for domain 'spare': Started Booted",
                "event 'lifecycle' for domain 'spare': Stopped Destroyed",
            ],
            lines[..4]);
    }

    [Fact]
    public async Task Events_of_all_kinds_reach_a_client()
    {
        await using SimulatorFixture fixture = new();
        string[] kinds = ["reboot", "balloon-change", "metadata-change", "device-added"];
        Task<string>[] heard = [.. kinds.Select(k => fixture.Virsh.RunAsync("event", "--event", k, "--timeout", "60"))];
        await WhenListeningAsync(fixture, clients: kinds.Length);

        fixture.Web.Reboot();
        await fixture.Virsh.RunAsync("setmem", "web", "262144", "--live");
        await fixture.Virsh.RunAsync("desc", "web", "changed", "--live");
        await fixture.Virsh.RunAsync("attach-interface", "web", "network", "default", "--live");

        string[] all = await Task.WhenAll(heard);
        Assert.All(kinds.Zip(all), pair => Assert.StartsWith($"event '{pair.First}' for domain 'web'", pair.Second, StringComparison.Ordinal));
        Assert.Contains("262144KiB", all[1], StringComparison.Ordinal);
        Assert.Contains("net1", all[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Monitor_events_reach_a_client()
    {
        await using SimulatorFixture fixture = new();
        await using RunningProgram virsh = Follow(fixture, "qemu-monitor-event", "web", "--loop");
        await WhenListeningAsync(fixture);

        fixture.Web.Suspend();
        fixture.Web.EmitMonitorEvent("RTC_CHANGE", """{"offset":42}""");

        await virsh.HasPrintedAsync("event STOP");
        await virsh.HasPrintedAsync("""for domain 'web': {"offset":42}""");
    }

    [Fact]
    public async Task Network_and_pool_events_reach_a_client()
    {
        await using SimulatorFixture fixture = new();
        Task<string> network = fixture.Virsh.RunAsync("net-event", "--event", "lifecycle", "--timeout", "60");
        Task<string> pool = fixture.Virsh.RunAsync("pool-event", "--event", "refresh", "--timeout", "60");
        await WhenListeningAsync(fixture, clients: 2);

        fixture.Host.Networks["default"].Stop();
        await fixture.Virsh.RunAsync("pool-refresh", "default");

        Assert.Contains("event 'lifecycle' for network default: Stopped", await network, StringComparison.Ordinal);
        Assert.Contains("event 'refresh' for storage pool default", await pool, StringComparison.Ordinal);
    }

    /// <summary>virsh until it is disposed, each of whose lines is there as soon as it has printed it.</summary>
    private static RunningProgram Follow(SimulatorFixture fixture, params string[] words) =>
        RunningProgram.Start("stdbuf", ["-oL", .. fixture.Virsh.CommandLine(words)], Virsh.ClientEnvironment);

    private static Task WhenListeningAsync(SimulatorFixture fixture, int clients = 1) =>
        Eventually.IsTrueAsync(() => fixture.Host.ListeningClients >= clients);
}
