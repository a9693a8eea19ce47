using Akka.Actor;
using Akka.TestKit;
using Libvirt.Events;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Events;

namespace Libvirt.Tests.Supervision;

/// <summary>The event hub of a hypervisor fails, which closes the hypervisor: without its hub, events would be lost silently.</summary>
public sealed class EventHubTests
{
    // No topic has ended: the hub cannot handle it.
    private static readonly TopicEnded Poison = new(null!);

    [Theory]
    [InlineData(LifePhase.Constructor)]
    [InlineData(LifePhase.PreStart)]
    public async Task A_hub_that_fails_as_it_is_created_fails_the_attempt_to_connect(LifePhase phase)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.CreateAsync();
        scenario.Failing.FailNext<EventHub>(phase);

        Task<Hypervisor> connecting = scenario.ConnectAsync();

        LibvirtConnectException error = await connecting.FailsInTimeAsync<LibvirtConnectException>("Connecting");
        Assert.Contains("The event hub of the hypervisor failed", error.Message, StringComparison.Ordinal);
        Assert.True((await scenario.Host.NextAttemptAsync()).Client.IsDisposed);
        Assert.Empty(scenario.LivingOf<HypervisorActor>());
        await scenario.EndsCleanlyAsync();
    }

    [Theory]
    [InlineData(LifePhase.Constructor)]
    [InlineData(LifePhase.PreStart)]
    public async Task A_hypervisor_that_was_added_closes_with_the_reason_when_its_hub_fails_as_it_is_created(LifePhase phase)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.CreateAsync();
        scenario.Failing.FailNext<EventHub>(phase);

        scenario.Add();

        HypervisorState.Closed closed = await scenario.ReachAsync<HypervisorState.Closed>();
        Assert.Contains("The event hub of the hypervisor failed", closed.Reason!.Message, StringComparison.Ordinal);
        await scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask().FailsInTimeAsync<LibvirtConnectionLostException>("Subscribing");
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_hub_that_fails_while_it_receives_closes_its_hypervisor_and_ends_every_subscription_with_the_error()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Daemon.RegisterAsync(callbackId: 3);
        await using EventSubscription<DomainLifecycleEvent> everything = await subscribing.InTimeAsync("The subscription");
        await using EventSubscription<DomainLifecycleEvent> oneDomain = await SubscribeToDomainAsync(scenario, 1);
        Task<EventSubscription<DomainRebootEvent>> unanswered = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Reboot).AsTask();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackRegisterAny);
        Task changing = scenario.SuspendAsync();
        TestProbe requester = await scenario.SuspendByMessageAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainSuspend);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainSuspend);
        IActorRef hub = scenario.Living<EventHub>();
        IActorRef hypervisor = scenario.Living<HypervisorActor>();

        hub.Tell(Poison);

        await scenario.Kit.ExpectStoppedAsync(hub);
        await scenario.Kit.ExpectStoppedAsync(hypervisor);
        Exception reason = Assert.IsType<HypervisorState.Closed>(scenario.Hypervisor.State).Reason!;
        Assert.Contains("The event hub of the hypervisor failed", reason.Message, StringComparison.Ordinal);
        foreach (EventSubscription<DomainLifecycleEvent> subscription in (EventSubscription<DomainLifecycleEvent>[])[everything, oneDomain])
        {
            await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();
            LibvirtConnectionLostException error = await notices.MoveNextAsync().AsTask().FailsInTimeAsync<LibvirtConnectionLostException>("The subscription");
            Assert.False(error.IsTransient);
        }

        await unanswered.FailsInTimeAsync<LibvirtConnectionLostException>("The subscription that the daemon has not answered");
        Assert.True((await changing.FailsInTimeAsync<LibvirtConnectionLostException>("The call")).Sent);
        Assert.True((await requester.ExpectOneFailureAsync<LibvirtConnectionLostException>(scenario.Kit)).Sent);
        Assert.True(scenario.Daemon.Client.IsDisposed);
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_subscription_that_makes_the_hub_fail_is_refused()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Subscribe request = new(new PoisonedSubscriber());

        scenario.Living<EventHub>().Tell(request);

        await request.WaitAsync(CancellationToken.None).FailsInTimeAsync<LibvirtConnectionLostException>("The request");
        Assert.NotNull((await scenario.ReachAsync<HypervisorState.Closed>()).Reason);
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_hub_that_fails_after_its_PostStop_does_not_hold_up_an_orderly_close()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Daemon.RegisterAsync(callbackId: 3);
        await using EventSubscription<DomainLifecycleEvent> subscription = await subscribing.InTimeAsync("The subscription");
        scenario.Failing.FailNext<EventHub>(LifePhase.PostStop);

        Task closing = scenario.Hypervisor.DisposeAsync().AsTask();
        await scenario.Kit.AdvanceAsync(scenario.Hypervisor.Options.CloseTimeout);

        await closing.InTimeAsync("Closing");
        Assert.Null(Assert.IsType<HypervisorState.Closed>(scenario.Hypervisor.State).Reason);
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();
        Assert.False(await notices.MoveNextAsync().AsTask().InTimeAsync("The end of the subscription"));
        await scenario.EndsCleanlyAsync();
    }

    private static async Task<EventSubscription<DomainLifecycleEvent>> SubscribeToDomainAsync(SupervisionScenario scenario, int domain) =>
        await scenario.Hypervisor.Events
            .SubscribeAsync(DomainEvents.Lifecycle, new EventSubscriptionOptions { Domain = EventScenario.Domain(domain).Uuid })
            .AsTask().InTimeAsync("The subscription to a domain");

    /// <summary>A subscriber whose kind cannot be read.</summary>
    private sealed class PoisonedSubscriber : IEventSubscriber
    {
        public EventKind Kind => throw new InjectedFailureException("The kind cannot be read.");

        public EventSubscriptionOptions Options => EventSubscriptionOptions.Default;

        public IActorRef? Owner => null;

        public void Deliver(LibvirtEvent happened, bool isSynthesised)
        {
        }

        public void Deliver(EventGap gap)
        {
        }

        public void DeliverLost(long count)
        {
        }

        public void End(Exception? error)
        {
        }
    }
}
