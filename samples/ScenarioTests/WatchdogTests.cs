using Libvirt;
using Libvirt.Protocol.Remote;
using Libvirt.Simulator;
using Libvirt.TestKit;
using Xunit;

namespace ScenarioTests;

/// <summary>Scenarios: a simulated host, the program under test, and something that goes wrong. Minutes of theirs take milliseconds of ours.</summary>
public sealed class WatchdogTests : LibvirtScenario, IAsyncLifetime
{
    private SimulatedHost _host = null!;
    private SimulatedDomain _web = null!;
    private Hypervisor _hypervisor = null!;
    private Watchdog _watchdog = null!;

    public async ValueTask InitializeAsync()
    {
        _host = AddHost("hv1");
        _web = _host.Domains.Define("web", memoryMiB: 512, vcpus: 1, running: true);
        _hypervisor = await ConnectAsync(_host);
        _watchdog = new Watchdog(_hypervisor, Time);
        await _watchdog.StartAsync();
        // Nothing goes wrong before everybody stands in their place.
        await SettleAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await _watchdog.DisposeAsync();
        await _hypervisor.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_guest_that_crashes_is_started_again()
    {
        _web.Crash();
        await SettleAsync();

        Assert.Equal((true, 1), (_web.IsActive, _watchdog.Rescues));
    }

    [Fact]
    public async Task A_guest_that_was_shut_down_is_left_alone()
    {
        _web.Shutdown();
        await AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal((false, 0), (_web.IsActive, _watchdog.Rescues));
    }

    [Fact]
    public async Task A_host_that_is_too_busy_is_tried_again_until_it_is_not()
    {
        Script.When(RemoteProcedures.DomainCreate).Times(3).Refuse(ErrorNumber.OperationTimeout, "the host is busy");

        _web.Crash();
        await UntilAsync(() => _web.IsActive);

        Assert.Equal(3 * Watchdog.RetryAfter, Time.Elapsed);
    }

    [Fact]
    public async Task A_guest_that_crashes_while_the_daemon_is_down_is_started_when_it_is_back()
    {
        _host.CrashDaemon(comeBackAfter: TimeSpan.FromMinutes(10));
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        _web.Crash();
        await UntilAsync(() => _web.IsActive);

        Assert.InRange(Time.Elapsed, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(11));
    }

    [Fact]
    public async Task A_daemon_that_dies_in_the_middle_of_the_rescue_does_not_end_it()
    {
        Script.When(RemoteProcedures.DomainCreate).Once().CrashHost(comeBackAfter: TimeSpan.FromMinutes(2));

        _web.Crash();
        await UntilAsync(() => _watchdog.Rescues == 1);

        Assert.True(_web.IsActive);
    }
}
