using Libvirt.Testing;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>Migration between two simulated hosts, led by libvirt's own client or by the source.</summary>
public sealed class MigrationTests
{
    [Fact]
    public async Task A_guest_moves_while_it_runs()
    {
        await using SimulatorFixture fixture = new();
        SimulatedHost other = fixture.Simulator.AddHost("hv2");
        await using SimulatedEndpoint endpoint = fixture.Simulator.ListenUnix(Scratch.NewPath("hv2.sock"), other);

        await fixture.Virsh.RunAsync("migrate", "web", endpoint.Uri(), "--live", "--persistent", "--undefinesource");

        Assert.Null(fixture.Host.Domains.Find("web"));
        SimulatedDomain moved = other.Domains["web"];
        Assert.Equal((DomainState.Running, (int)DomainRunningReason.Migrated, true), (moved.State, moved.Reason, moved.IsPersistent));
        Assert.Equal(fixture.Web.Uuid, moved.Uuid);
    }

    [Fact]
    public async Task A_guest_that_the_destination_cannot_take_goes_on_at_the_source()
    {
        await using SimulatorFixture fixture = new();
        SimulatedHost other = fixture.Simulator.AddHost("hv2");
        await using SimulatedEndpoint endpoint = fixture.Simulator.ListenUnix(Scratch.NewPath("hv2.sock"), other);
        other.Domains.Define(fixture.Web.GetXml(inactive: true)).Start();

        CommandResult result = await fixture.Virsh.TryAsync("migrate", "web", endpoint.Uri(), "--live");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("domain is already active as 'web'", result.Error, StringComparison.Ordinal);
        Assert.Equal(DomainState.Running, fixture.Web.State);
    }

    [Fact]
    public async Task A_host_leads_the_migration_itself()
    {
        await using SimulatorFixture fixture = new();
        SimulatedHost other = fixture.Simulator.AddHost("hv2");
        await using SimulatedEndpoint endpoint = fixture.Simulator.ListenUnix(Scratch.NewPath("hv2.sock"), other);

        await fixture.Virsh.RunAsync("migrate", "web", endpoint.Uri(), "--live", "--p2p", "--persistent", "--undefinesource");

        Assert.Null(fixture.Host.Domains.Find("web"));
        Assert.Equal((DomainState.Running, (int)DomainRunningReason.Migrated, true), (other.Domains["web"].State, other.Domains["web"].Reason, other.Domains["web"].IsPersistent));
    }

    [Fact]
    public async Task A_host_finds_the_other_by_name()
    {
        await using SimulatorFixture fixture = new();
        SimulatedHost other = fixture.Simulator.AddHost("hv2");

        await fixture.Virsh.RunAsync("migrate", "web", "qemu+tcp://hv2/system", "--live", "--p2p", "--dname", "moved");

        Assert.Equal((DomainState.Shutoff, DomainState.Running), (fixture.Web.State, other.Domains["moved"].State));
    }

    [Fact]
    public async Task A_guest_that_no_host_takes_stays_where_it_is()
    {
        await using SimulatorFixture fixture = new();
        SimulatedHost other = fixture.Simulator.AddHost("hv2");
        other.Domains.Define(fixture.Web.GetXml(inactive: true)).Start();

        CommandResult nowhere = await fixture.Virsh.TryAsync("migrate", "web", "qemu+tcp://hv3/system", "--live", "--p2p");
        CommandResult taken = await fixture.Virsh.TryAsync("migrate", "web", "qemu+tcp://hv2/system", "--live", "--p2p");

        Assert.Contains("qemu+tcp://hv3/system", nowhere.Error, StringComparison.Ordinal);
        Assert.Contains("domain is already active as 'web'", taken.Error, StringComparison.Ordinal);
        Assert.Equal(DomainState.Running, fixture.Web.State);
    }
}
