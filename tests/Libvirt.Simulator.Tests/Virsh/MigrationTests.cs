using Libvirt.Testing;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>libvirt's own client leads a migration between two simulated hosts.</summary>
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
}
