using Libvirt.Hosting.Tests.Hypervisors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Libvirt.Hosting.Tests.Health;

public sealed class HealthTests(DaemonFixture fixture)
{
    private string Up => fixture.Daemon.TestUri;

    [Fact]
    public async Task Each_hypervisor_has_its_health_and_all_together_that_of_the_worst()
    {
        await using TestHost host = await TestHost.StartAsync(
            $$"""
            libvirt.hypervisors {
              up = "{{Up}}"
              # It rests between two attempts for as long as anybody looks.
              down = { uri = "{{DaemonFixture.DownUri}}", reconnect-backoff { min = 1h, max = 1h } }
              over = { uri = "{{DaemonFixture.DownUri}}", reconnect = false }
            }
            """,
            static builder => builder.Services.AddHealthChecks().AddLibvirt(tags: ["hypervisors"]));
        await host.Hypervisors.Get("up").UntilAsync<HypervisorState.Ready>();
        await host.Hypervisors.Get("down").UntilAsync<HypervisorState.Backoff>();
        await host.Hypervisors.Get("over").UntilAsync<HypervisorState.Closed>();

        HealthReport report = await CheckAsync(host);

        Assert.Equal(HealthStatus.Healthy, report.Entries["libvirt:up"].Status);
        Assert.Equal(HealthStatus.Degraded, report.Entries["libvirt:down"].Status);
        Assert.IsType<LibvirtConnectException>(report.Entries["libvirt:down"].Exception);
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["libvirt:over"].Status);
        Assert.StartsWith("closed: ", report.Entries["libvirt:over"].Description, StringComparison.Ordinal);
        HealthReportEntry all = report.Entries["libvirt"];
        Assert.Equal((HealthStatus.Unhealthy, "1 of 3 hypervisors are ready"), (all.Status, all.Description));
        Assert.Equal(["down", "over", "up"], all.Data.Keys.Order());
        Assert.All(report.Entries.Values, static entry => Assert.Contains("hypervisors", entry.Tags));

        await host.Hypervisors.RemoveAsync("over");
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(host)).Entries["libvirt"].Status);
        await host.Hypervisors.RemoveAsync("down");
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Entries["libvirt"].Status);
    }

    [Fact]
    public async Task One_that_is_to_come_is_unhealthy_until_it_has()
    {
        await using TestHost host = await TestHost.StartAsync(
            "", static builder => builder.Services.AddHealthChecks().AddLibvirtHypervisor("late", failureStatus: HealthStatus.Degraded));
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(host)).Entries["libvirt:late"].Status);

        await host.Hypervisors.Add("late", Up).UntilAsync<HypervisorState.Ready>();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    private static Task<HealthReport> CheckAsync(TestHost host) =>
        host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
}
