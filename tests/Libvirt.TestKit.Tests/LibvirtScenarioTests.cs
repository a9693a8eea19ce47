using System.Text;
using Akka.TestKit;
using Libvirt.Events;
using Libvirt.Protocol.Remote;
using Libvirt.Simulator;
using Xunit;

namespace Libvirt.TestKit.Tests;

/// <summary>What a scenario promises to the tests that stand on it.</summary>
public sealed class LibvirtScenarioTests : LibvirtScenario
{
    private readonly SimulatedHost _host;
    private readonly SimulatedDomain _web;

    public LibvirtScenarioTests()
    {
        _host = AddHost();
        _web = _host.Domains.Define("web", memoryMiB: 512, vcpus: 2, running: true);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_that_is_answered_at_once_takes_no_time()
    {
        await using Hypervisor hypervisor = await ConnectAsync(_host, cancellationToken: Cancellation);

        Domain web = Assert.Single(await hypervisor.ListAllDomainsAsync(cancellationToken: Cancellation));
        await web.SuspendAsync(cancellationToken: Cancellation);

        Assert.Equal((DomainState.Paused, TimeSpan.Zero), (_web.State, Time.Elapsed));
    }

    [Fact]
    public async Task The_kit_of_a_scenario_waits_for_the_simulated_daemons_as_well()
    {
        await using Hypervisor hypervisor = await ConnectAsync(_host, cancellationToken: Cancellation);

        Task<string> call = hypervisor.GetHostnameAsync(cancellationToken: Cancellation).AsTask();
        await Kit.SettleAsync();

        Assert.True(call.IsCompleted, "The reply should have arrived.");
    }

    [Fact]
    public void A_second_scenario_in_one_actor_system_is_refused()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => new LibvirtScenario(Kit.System));

        Assert.Contains("one LibvirtScenario for each actor system", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_reply_comes_when_it_is_due_and_not_before()
    {
        await using Hypervisor hypervisor = await ConnectAsync(_host, cancellationToken: Cancellation);
        Script.When(RemoteProcedures.ConnectGetHostname).Once().Delay(TimeSpan.FromSeconds(20));

        Task<string> call = hypervisor.GetHostnameAsync(cancellationToken: Cancellation).AsTask();
        await AdvanceAsync(TimeSpan.FromSeconds(19.9));
        Assert.False(call.IsCompleted);

        Assert.Equal("hv1", await CompleteAsync(call));
        Assert.Equal(TimeSpan.FromSeconds(20), Time.Elapsed);
    }

    [Fact]
    public async Task A_call_without_a_reply_fails_at_its_deadline()
    {
        await using Hypervisor hypervisor = await ConnectAsync(_host, cancellationToken: Cancellation);
        Script.When(RemoteProcedures.ConnectGetHostname).Once().NeverReply();

        Task<string> call = hypervisor.GetHostnameAsync(new CallOptions { Timeout = TimeSpan.FromMinutes(3) }, Cancellation).AsTask();

        await Assert.ThrowsAsync<LibvirtTimeoutException>(() => CompleteAsync(call));
        Assert.Equal(180, Time.Elapsed.TotalSeconds, tolerance: 0.1);
    }

    [Fact]
    public async Task A_crashed_daemon_is_found_again_when_it_is_back()
    {
        await using Hypervisor hypervisor = await ConnectAsync(_host, new HypervisorOptions { ReconnectBackoff = new() { Max = TimeSpan.FromSeconds(5) } }, Cancellation);

        _host.CrashDaemon(comeBackAfter: TimeSpan.FromMinutes(2));
        await UntilAsync(() => hypervisor.State is HypervisorState.Backoff);
        Assert.Equal(TimeSpan.Zero, Time.Elapsed);
        await UntilAsync(() => hypervisor.State is HypervisorState.Ready);

        Assert.InRange(Time.Elapsed, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(125));
    }

    [Fact]
    public async Task Silence_is_noticed_by_keepalive()
    {
        await using Hypervisor hypervisor = await ConnectAsync(
            _host, new HypervisorOptions { KeepAliveInterval = TimeSpan.FromSeconds(5), KeepAliveCount = 3 }, Cancellation);

        _host.FreezeClients();
        await UntilAsync(() => hypervisor.State is HypervisorState.Backoff);

        Assert.Equal(TimeSpan.FromSeconds(15), Time.Elapsed);
    }

    [Fact]
    public async Task Events_have_arrived_when_everybody_is_at_rest()
    {
        await using Hypervisor hypervisor = await ConnectAsync(_host, cancellationToken: Cancellation);
        TestProbe probe = Kit.CreateProbe();
        await using IAsyncDisposable subscription = await hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle, probe.Ref, notice => notice.Event!, cancellationToken: Cancellation);
        _web.Behavior = new GuestBehavior { ShutdownTime = TimeSpan.FromSeconds(30) };

        _web.Shutdown();
        await AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(DomainEventType.Shutdown, (await probe.ExpectMsgAsync<DomainLifecycleEvent>()).Event);
        Assert.Equal(DomainEventType.Stopped, (await probe.ExpectMsgAsync<DomainLifecycleEvent>()).Event);
    }

    [Theory]
    [InlineData("qemu+tls://rack.example.org/system")]
    [InlineData("qemu+ssh://root@rack.example.org/system")]
    [InlineData("qemu+tcp://rack.example.org:16510/system")]
    public async Task Whatever_the_transport_a_uri_leads_to_the_host_it_names(string uri)
    {
        AddHost("rack.example.org");
        await using Hypervisor hypervisor = await Runtime.ConnectAsync(uri, cancellationToken: Cancellation);

        Assert.Equal("rack.example.org", await hypervisor.GetHostnameAsync(cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_host_that_nobody_added_cannot_be_reached()
    {
        LibvirtConnectException failure = await Assert.ThrowsAsync<LibvirtConnectException>(
            async () => await Runtime.ConnectAsync("qemu+tcp://nobody/system", new HypervisorOptions { Reconnect = false }, Cancellation));

        Assert.Equal(ConnectFailure.Unreachable, failure.Reason);
    }

    [Fact]
    public async Task What_does_not_come_true_is_named()
    {
        ExpectationException failure = await Assert.ThrowsAsync<ExpectationException>(
            () => UntilAsync(() => _web.State == DomainState.Crashed, TimeSpan.FromMinutes(5)));

        Assert.Contains("_web.State == DomainState.Crashed", failure.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(5), Time.Elapsed);
    }

    [Fact]
    public async Task A_volume_comes_down_in_memory()
    {
        byte[] content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0123456789", 300_000)));
        _host.StoragePools["default"].AddVolume("disk", content.Length, content);
        await using Hypervisor hypervisor = await ConnectAsync(_host, cancellationToken: Cancellation);
        StoragePool pool = await hypervisor.LookupStoragePoolByNameAsync("default", cancellationToken: Cancellation);
        StorageVolume volume = await pool.LookupVolumeByNameAsync("disk", cancellationToken: Cancellation);
        using MemoryStream copy = new();

        await volume.DownloadAsync(copy, cancellationToken: Cancellation);

        Assert.Equal(content, copy.ToArray());
    }
}
