using Akka.Actor;
using Akka.TestKit.Xunit2;
using Libvirt;
using Libvirt.Protocol.Remote;
using Libvirt.Simulator;
using Libvirt.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace ScenarioTests;

/// <summary>
/// Scenarios: a simulated host, the actor under test, and a fault. The test kit's actor system runs on a virtual clock, so minutes take milliseconds.
/// </summary>
public sealed class WatchdogTests : TestKit, IAsyncLifetime
{
    private readonly LibvirtScenario _scenario;
    private readonly SimulatedHost _host;
    private readonly SimulatedDomain _web;
    private Hypervisor _hypervisor = null!;

    public WatchdogTests(ITestOutputHelper output)
        : base(VirtualTime.Config(new VirtualTimeProvider()), output: output)
    {
        _scenario = new LibvirtScenario(Sys);
        _host = _scenario.AddHost("hv1");
        _web = _host.Domains.Define("web", memoryMiB: 512, vcpus: 1, running: true);
    }

    public async Task InitializeAsync()
    {
        _hypervisor = await _scenario.ConnectAsync(_host);
        IActorRef observer = TestActor;
        Sys.ActorOf(Props.Create(() => new WatchdogActor(_hypervisor, observer)), "watchdog");
        await ExpectMsgAsync<WatchdogActor.Ready>();
    }

    public async Task DisposeAsync()
    {
        await _hypervisor.DisposeAsync();
        await _scenario.DisposeAsync();
    }

    [Fact]
    public async Task A_guest_that_crashes_is_started_again()
    {
        _web.Crash();

        await ExpectMsgAsync(new WatchdogActor.Rescued("web"));
        Assert.True(_web.IsActive);
    }

    [Fact]
    public async Task A_guest_that_was_shut_down_is_not_started()
    {
        _web.Shutdown();
        await _scenario.AdvanceAsync(TimeSpan.FromHours(1));

        await ExpectNoMsgAsync();
        Assert.False(_web.IsActive);
    }

    [Fact]
    public async Task A_guest_on_a_busy_host_is_tried_again_until_it_starts()
    {
        _scenario.Script.When(RemoteProcedures.DomainCreate).Times(3).Refuse(ErrorNumber.OperationTimeout, "the host is busy");

        _web.Crash();
        await _scenario.UntilAsync(() => _web.IsActive);

        Assert.Equal(3 * WatchdogActor.RetryAfter, _scenario.Time.Elapsed);
        await ExpectMsgAsync(new WatchdogActor.Rescued("web"));
    }

    [Fact]
    public async Task A_guest_that_crashes_while_the_daemon_is_down_is_started_when_the_daemon_is_back()
    {
        _host.CrashDaemon(comeBackAfter: TimeSpan.FromMinutes(10));
        await _scenario.AdvanceAsync(TimeSpan.FromMinutes(1));
        _web.Crash();
        await _scenario.UntilAsync(() => _web.IsActive);

        Assert.InRange(_scenario.Time.Elapsed, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(11));
        await ExpectMsgAsync(new WatchdogActor.Rescued("web"));
    }

    [Fact]
    public async Task A_daemon_that_crashes_during_the_rescue_does_not_prevent_it()
    {
        _scenario.Script.When(RemoteProcedures.DomainCreate).Once().CrashHost(comeBackAfter: TimeSpan.FromMinutes(2));

        _web.Crash();
        await _scenario.UntilAsync(() => HasMessages);

        await ExpectMsgAsync(new WatchdogActor.Rescued("web"));
        Assert.True(_web.IsActive);
    }
}
