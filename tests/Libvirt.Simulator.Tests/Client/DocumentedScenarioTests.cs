using Libvirt.Protocol.Remote;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>The examples of docs/simulator.md, as they stand there.</summary>
public sealed class DocumentedScenarioTests
{
    [Fact]
    public async Task The_third_try_succeeds()
    {
        await using SimulatorFixture fixture = new();
        HypervisorSimulator simulator = fixture.Simulator;
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(fixture.Endpoint.Uri(), cancellationToken: TestContext.Current.CancellationToken);
        Domain domain = await hypervisor.LookupDomainByNameAsync("spare", cancellationToken: TestContext.Current.CancellationToken);

        simulator.Script.When(RemoteProcedures.DomainCreate).Times(2).Refuse(ErrorNumber.OperationTimeout, "the host is busy");

        int attempt = 1;
        for (; ; attempt++)
        {
            try
            {
                await domain.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
                break;
            }
            catch (LibvirtRemoteException e) when (e.Code == ErrorNumber.OperationTimeout && attempt < 3)
            {
            }
        }

        Assert.Equal((3, true), (attempt, fixture.Spare.IsActive));
    }

    [Fact]
    public async Task A_restarted_daemon_is_found_again_and_its_guests_are_where_they_were()
    {
        await using SimulatorFixture fixture = new();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(fixture.Endpoint.Uri(), cancellationToken: TestContext.Current.CancellationToken);
        fixture.Simulator.Script.When(RemoteProcedures.ConnectListAllDomains).Once().Run(_ =>
        {
            fixture.Host.CrashDaemon();
            fixture.Host.Recover();
        });

        IReadOnlyList<Domain> domains = await hypervisor.ListAllDomainsAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["spare", "web"], domains.Select(d => d.Name).Order());
    }
}
