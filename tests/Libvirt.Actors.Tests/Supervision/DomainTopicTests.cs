using Akka.Actor;
using Libvirt.Events;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Events;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Supervision;

/// <summary>The topic of one domain fails: its subscriptions end, all others continue.</summary>
public sealed class DomainTopicTests
{
    [Theory]
    [InlineData(LifePhase.Constructor)]
    [InlineData(LifePhase.PreStart)]
    public async Task A_topic_that_fails_as_it_is_created_ends_its_subscriptions_with_the_error_and_no_others(LifePhase phase)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Daemon.RegisterAsync(callbackId: 3);
        await using EventSubscription<DomainLifecycleEvent> everything = await subscribing.InTimeAsync("The subscription to everything");
        await using EventSubscription<DomainLifecycleEvent> other = await SubscribeAsync(scenario, 2);
        scenario.Failing.FailNext<DomainTopic>(phase);

        await using EventSubscription<DomainLifecycleEvent> failed = await SubscribeAsync(scenario, 1);

        await ExpectFailedAsync(failed);
        await ExpectOthersContinueAsync(scenario, everything, other);
    }

    [Fact]
    public async Task A_topic_that_fails_while_it_receives_ends_its_subscriptions_with_the_error_and_no_others()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Daemon.RegisterAsync(callbackId: 3);
        await using EventSubscription<DomainLifecycleEvent> everything = await subscribing.InTimeAsync("The subscription to everything");
        await using EventSubscription<DomainLifecycleEvent> other = await SubscribeAsync(scenario, 2);
        await using EventSubscription<DomainLifecycleEvent> first = await SubscribeAsync(scenario, 1);
        await using EventSubscription<DomainLifecycleEvent> second = await SubscribeAsync(scenario, 1);
        IActorRef topic = scenario.Living<DomainTopic>(EventScenario.Domain(1).Uuid.ToString());

        topic.Tell(new AddToTopic(null!, null!));

        await scenario.Kit.ExpectStoppedAsync(topic);
        await ExpectFailedAsync(first);
        await ExpectFailedAsync(second);
        await ExpectOthersContinueAsync(scenario, everything, other);
    }

    [Fact]
    public async Task The_daemon_is_told_when_the_failed_topic_had_the_last_subscription()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<EventSubscription<DomainLifecycleEvent>> subscribing = SubscribeAsync(scenario, 1);
        await scenario.Daemon.RegisterAsync(callbackId: 3);
        await using EventSubscription<DomainLifecycleEvent> only = await subscribing;

        scenario.Living<DomainTopic>().Tell(new AddToTopic(null!, null!));

        await ExpectFailedAsync(only);
        SentFrame deregistration = await scenario.Daemon
            .ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackDeregisterAny).InTimeAsync("The deregistration");
        await scenario.Daemon.ReplyAsync(deregistration, XdrVoid.Value);
        await scenario.ServesCallsAsync();
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_topic_that_fails_after_its_PostStop_leaves_its_domain_to_the_next_one()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Daemon.RegisterAsync(callbackId: 3);
        await using EventSubscription<DomainLifecycleEvent> everything = await subscribing.InTimeAsync("The subscription to everything");
        EventSubscription<DomainLifecycleEvent> first = await SubscribeAsync(scenario, 1);
        IActorRef topic = scenario.Living<DomainTopic>();
        scenario.Failing.FailNext<DomainTopic>(LifePhase.PostStop);

        await first.DisposeAsync();

        await scenario.Kit.ExpectStoppedAsync(topic);
        await using EventSubscription<DomainLifecycleEvent> next = await SubscribeAsync(scenario, 1);
        await ExpectOthersContinueAsync(scenario, everything, next, domain: 1);
    }

    private static async Task<EventSubscription<DomainLifecycleEvent>> SubscribeAsync(SupervisionScenario scenario, int domain) =>
        await scenario.Hypervisor.Events
            .SubscribeAsync(DomainEvents.Lifecycle, new EventSubscriptionOptions { Domain = EventScenario.Domain(domain).Uuid })
            .AsTask().InTimeAsync("The subscription to a domain");

    private static async Task ExpectFailedAsync(EventSubscription<DomainLifecycleEvent> subscription)
    {
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();
        InvalidOperationException error = await notices.MoveNextAsync().AsTask().FailsInTimeAsync<InvalidOperationException>("The subscription");
        Assert.Contains("The topic of the domain failed", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Then: events reach the subscriptions that are left, and a new one to the domain whose topic failed.</summary>
    private static async Task ExpectOthersContinueAsync(
        SupervisionScenario scenario, EventSubscription<DomainLifecycleEvent> everything, EventSubscription<DomainLifecycleEvent> other, int domain = 2)
    {
        await using EventSubscription<DomainLifecycleEvent> again = await SubscribeAsync(scenario, 1);
        await scenario.Daemon.SendLifecycleAsync(3, EventScenario.Domain(1), DomainEventType.Started);
        await scenario.Daemon.SendLifecycleAsync(3, EventScenario.Domain(domain), DomainEventType.Stopped);

        Assert.Equal(DomainEventType.Started, await NextAsync(again));
        Assert.Equal(domain == 1 ? DomainEventType.Started : DomainEventType.Stopped, await NextAsync(other));
        Assert.Equal(DomainEventType.Started, await NextAsync(everything));
        Assert.IsType<HypervisorState.Ready>(scenario.Hypervisor.State);
        await scenario.EndsCleanlyAsync();
    }

    private static async Task<DomainEventType> NextAsync(EventSubscription<DomainLifecycleEvent> subscription)
    {
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();
        return (await notices.NextAsync()).Event!.Event;
    }
}
