using Libvirt.Simulator;
using Xunit;

namespace Libvirt.TestKit.Tests;

/// <summary>Many connections lost in one moment come back one after the other, and a single one at once.</summary>
public sealed class ReconnectStormTests : LibvirtScenario
{
    private const int Hosts = 40;
    private const int PerSecond = 10;

    private static readonly TimeSpan LongestFirstDelay = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_storm_is_spread_at_the_runtimes_pace()
    {
        Runtime.MaxReconnectsPerSecond = PerSecond;
        Hypervisor[] fleet = await ConnectFleetAsync();

        await LoseAllAsync(fleet);
        int[] back = new int[6];
        for (int second = 0; second < back.Length; second++)
        {
            await AdvanceAsync(TimeSpan.FromSeconds(1));
            back[second] = fleet.Count(hypervisor => hypervisor.State is HypervisorState.Ready);
        }

        // The first turn comes within the first delay of a backoff; each second has ten turns.
        Assert.All(Enumerable.Range(0, 4), second => Assert.InRange(back[second], (second + 1) * PerSecond - 2, (second + 1) * PerSecond));
        Assert.Equal(Hosts, back[4]);
    }

    [Fact]
    public async Task Whoever_waits_for_a_turn_tells_when_it_comes()
    {
        Runtime.MaxReconnectsPerSecond = 1;
        Hypervisor[] fleet = await ConnectFleetAsync();

        await LoseAllAsync(fleet);
        await AdvanceAsync(LongestFirstDelay);
        double[] turns =
        [
            .. fleet.Select(hypervisor => hypervisor.State).OfType<HypervisorState.Backoff>()
                .Select(state => (state.NextAttempt - Time.GetUtcNow()).TotalSeconds).Order(),
        ];

        Assert.Equal(Hosts - 1, turns.Length);
        Assert.All(turns.Index(), turn => Assert.InRange(turn.Item, turn.Index + 0.8, turn.Index + 1.0));
    }

    [Theory]
    [InlineData(Hosts * 10)]
    [InlineData(0)]
    public async Task A_fleet_within_the_pace_waits_for_nobody(int perSecond)
    {
        Runtime.MaxReconnectsPerSecond = perSecond;
        Hypervisor[] fleet = await ConnectFleetAsync();

        await LoseAllAsync(fleet);
        await AdvanceAsync(LongestFirstDelay);

        Assert.All(fleet, hypervisor => Assert.IsType<HypervisorState.Ready>(hypervisor.State));
    }

    [Fact]
    public void A_negative_pace_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Runtime.MaxReconnectsPerSecond = -1);

    private async Task<Hypervisor[]> ConnectFleetAsync()
    {
        Hypervisor[] fleet = new Hypervisor[Hosts];
        for (int i = 0; i < Hosts; i++)
            fleet[i] = await ConnectAsync(AddHost($"hv{i}"), cancellationToken: Cancellation);
        return fleet;
    }

    private async Task LoseAllAsync(Hypervisor[] fleet)
    {
        foreach (SimulatedHost host in Simulator.Hosts)
            host.DropClients();
        await SettleAsync();
        Assert.All(fleet, hypervisor => Assert.IsType<HypervisorState.Backoff>(hypervisor.State));
    }
}
