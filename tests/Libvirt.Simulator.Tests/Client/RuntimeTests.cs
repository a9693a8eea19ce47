using System.Net;
using Libvirt.Testing;
using Libvirt.Protocol.Remote;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>The project's own runtime against the simulator.</summary>
public sealed class RuntimeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_runtime_steers_a_guest()
    {
        await using SimulatorFixture fixture = new();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(fixture.Endpoint.Uri(), cancellationToken: Cancellation);

        DomainLookupByNameRet web = await hypervisor.Remote.DomainLookupByNameAsync(new DomainLookupByNameArgs { Name = "web" }, cancellationToken: Cancellation);
        await hypervisor.Remote.DomainSuspendAsync(new DomainSuspendArgs { Dom = web.Dom }, cancellationToken: Cancellation);

        Assert.Equal(DomainState.Paused, fixture.Web.State);
    }

    [Fact]
    public async Task The_runtime_and_virsh_find_a_simulator_by_IPv6()
    {
        Assert.SkipUnless(Ports.HasIPv6, "This machine has no loopback by IPv6.");
        await using SimulatorFixture fixture = new();
        await using SimulatedEndpoint six = fixture.Simulator.ListenTcp(new IPEndPoint(IPAddress.IPv6Loopback, 0), fixture.Host);
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(six.Uri(), cancellationToken: Cancellation);

        Assert.Contains("[::1]:", six.Uri(), StringComparison.Ordinal);
        Assert.Equal("hv1", await hypervisor.GetHostnameAsync(cancellationToken: Cancellation));
        Assert.Equal("hv1", (await Virsh.On(six.Uri()).RunAsync("hostname")).Trim());
    }

    [Fact]
    public async Task The_runtime_finds_its_way_back_to_a_daemon_that_crashed()
    {
        await using SimulatorFixture fixture = new();
        await using SimulatedEndpoint own = fixture.Simulator.ListenUnix(Scratch.NewPath("own.sock"), fixture.Host);
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(own.Uri(), cancellationToken: Cancellation);

        fixture.Host.CrashDaemon();
        await Eventually.IsTrueAsync(() => hypervisor.State is not HypervisorState.Ready, cancellationToken: Cancellation);
        fixture.Host.Recover();

        Assert.Equal("hv1", (await hypervisor.Remote.ConnectGetHostnameAsync(cancellationToken: Cancellation)).Hostname);
    }

    [Fact]
    public async Task A_call_without_a_reply_times_out_and_the_next_one_works()
    {
        await using SimulatorFixture fixture = new();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(fixture.Endpoint.Uri(), cancellationToken: Cancellation);
        fixture.Simulator.Script.When(RemoteProcedures.ConnectGetHostname).Once().NeverReply();

        await Assert.ThrowsAsync<LibvirtTimeoutException>(async () =>
            await hypervisor.Remote.ConnectGetHostnameAsync(new CallOptions { Timeout = TimeSpan.FromMilliseconds(200) }, Cancellation));

        Assert.Equal("hv1", (await hypervisor.Remote.ConnectGetHostnameAsync(cancellationToken: Cancellation)).Hostname);
    }

    [Fact]
    public async Task A_lying_length_ends_the_connection_and_not_the_hypervisor()
    {
        await using SimulatorFixture fixture = new();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(fixture.Endpoint.Uri(), cancellationToken: Cancellation);
        fixture.Simulator.Script.When(RemoteProcedures.DomainSuspend).Once().LieAboutLength(uint.MaxValue);

        await Assert.ThrowsAsync<LibvirtConnectionLostException>(async () => await hypervisor.Remote.DomainSuspendAsync(
            new DomainSuspendArgs { Dom = fixture.Web.Wire }, cancellationToken: Cancellation));

        Assert.Equal("hv1", (await hypervisor.Remote.ConnectGetHostnameAsync(cancellationToken: Cancellation)).Hostname);
    }
}
