using Akka.Actor;
using Akka.TestKit;
using Libvirt.Messages;
using Libvirt.Simulator;
using Libvirt.TestKit;

namespace Libvirt.Tests.Messages;

/// <summary>Actors that follow the state of hypervisors by message.</summary>
public sealed class StateSubscriptionTests
{
    [Fact]
    public async Task A_subscriber_gets_the_current_state_first_and_then_each_change_up_to_Closed()
    {
        await using LibvirtScenario scenario = new();
        SimulatedHost host = scenario.AddHost("hv1");
        Hypervisor hypervisor = scenario.Runtime.Add("hv1", LibvirtScenario.UriOf(host));
        await scenario.UntilAsync(() => hypervisor.State is HypervisorState.Ready);
        TestProbe subscriber = scenario.Kit.CreateProbe();

        scenario.Runtime.Guardian.Tell(new SubscribeHypervisorState("hv1") { CorrelationId = 3 }, subscriber.Ref);
        CurrentHypervisorStates current = await subscriber.ExpectMsgAsync<CurrentHypervisorStates>();
        HypervisorEntry entry = Assert.Single(current.Hypervisors);
        Assert.Equal(("hv1", 3), (entry.Name, current.CorrelationId));
        Assert.IsType<HypervisorState.Ready>(entry.State);

        host.CrashDaemon();
        Assert.IsType<HypervisorState.Backoff>(await NextAsync(scenario, subscriber));
        Assert.IsType<HypervisorState.Connecting>(await NextAsync(scenario, subscriber));
        Assert.IsType<HypervisorState.Backoff>(await NextAsync(scenario, subscriber));
        host.Recover();
        Assert.IsType<HypervisorState.Connecting>(await NextAsync(scenario, subscriber));
        Assert.IsType<HypervisorState.Ready>(await NextAsync(scenario, subscriber));
        await hypervisor.DisposeAsync();
        Assert.IsType<HypervisorState.Closed>(await NextAsync(scenario, subscriber));
        await subscriber.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_subscriber_of_all_follows_hypervisors_that_are_added_later()
    {
        await using LibvirtScenario scenario = new();
        scenario.AddHost("hv1");
        TestProbe subscriber = scenario.Kit.CreateProbe();
        scenario.Runtime.Guardian.Tell(new SubscribeHypervisorState(), subscriber.Ref);
        Assert.Empty((await subscriber.ExpectMsgAsync<CurrentHypervisorStates>()).Hypervisors);

        scenario.Runtime.Add("later", "qemu+tcp://hv1/system");

        HypervisorStateChanged change = await subscriber.FishWithinAsync<HypervisorStateChanged>(TimeSpan.FromMinutes(1), static change => change.State is HypervisorState.Ready);
        Assert.Equal("later", change.Name);
    }

    [Fact]
    public async Task A_subscription_at_the_actor_of_a_hypervisor_is_to_that_one()
    {
        await using LibvirtScenario scenario = new();
        SimulatedHost host = scenario.AddHost("hv1");
        scenario.Runtime.Add("other", LibvirtScenario.UriOf(host));
        Hypervisor hypervisor = await scenario.ConnectAsync(host);
        TestProbe subscriber = scenario.Kit.CreateProbe();
        IActorRef actor = await hypervisor.Actor;

        actor.Tell(new SubscribeHypervisorState(), subscriber.Ref);

        Assert.Equal(actor, Assert.Single((await subscriber.ExpectMsgAsync<CurrentHypervisorStates>()).Hypervisors).Hypervisor);
        await hypervisor.DisposeAsync();
        Assert.IsType<HypervisorState.Closed>((await subscriber.ExpectMsgAsync<HypervisorStateChanged>()).State);
    }

    [Fact]
    public async Task A_subscriber_that_unsubscribes_or_stops_hears_nothing_more()
    {
        await using LibvirtScenario scenario = new();
        SimulatedHost host = scenario.AddHost("hv1");
        Hypervisor hypervisor = scenario.Runtime.Add("hv1", LibvirtScenario.UriOf(host));
        await scenario.UntilAsync(() => hypervisor.State is HypervisorState.Ready);
        TestProbe leaver = scenario.Kit.CreateProbe();
        TestProbe stopped = scenario.Kit.CreateProbe();
        foreach (TestProbe subscriber in (TestProbe[])[leaver, stopped])
        {
            scenario.Runtime.Guardian.Tell(new SubscribeHypervisorState("hv1"), subscriber.Ref);
            await subscriber.ExpectMsgAsync<CurrentHypervisorStates>();
        }

        scenario.Runtime.Guardian.Tell(new UnsubscribeHypervisorState("HV1"), leaver.Ref);
        scenario.Kit.System.Stop(stopped.Ref);
        await scenario.SettleAsync();
        await hypervisor.DisposeAsync();

        await leaver.ExpectNothingAsync();
        Assert.DoesNotContain(scenario.Logs.Records, static record => record.Message.Contains("HypervisorStateChanged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hypervisor_that_is_removed_and_added_again_is_the_same_subscription()
    {
        await using LibvirtScenario scenario = new();
        scenario.AddHost("hv1");
        scenario.Runtime.Add("hv1", "qemu+tcp://hv1/system");
        await scenario.SettleAsync();
        TestProbe subscriber = scenario.Kit.CreateProbe();
        TestProbe requester = scenario.Kit.CreateProbe();
        scenario.Runtime.Guardian.Tell(new SubscribeHypervisorState("hv1"), subscriber.Ref);
        await subscriber.ExpectMsgAsync<CurrentHypervisorStates>();

        scenario.Runtime.Guardian.Tell(new RemoveHypervisor("hv1"), requester.Ref);
        await requester.ExpectMsgAsync<HypervisorRemoved>();
        scenario.Runtime.Guardian.Tell(new AddHypervisor("hv1", "qemu+tcp://hv1/system"), requester.Ref);
        HypervisorAdded added = await requester.ExpectMsgAsync<HypervisorAdded>();

        Assert.IsType<HypervisorState.Closed>(await NextAsync(scenario, subscriber));
        HypervisorStateChanged ready = await subscriber.FishWithinAsync<HypervisorStateChanged>(TimeSpan.FromMinutes(1), static change => change.State is HypervisorState.Ready);
        Assert.Equal(added.Hypervisor, ready.Hypervisor);
    }

    private static async Task<HypervisorState> NextAsync(LibvirtScenario scenario, TestProbe subscriber)
    {
        await scenario.UntilAsync(() => subscriber.HasMessages);
        return (await subscriber.ExpectMsgAsync<HypervisorStateChanged>()).State;
    }
}
