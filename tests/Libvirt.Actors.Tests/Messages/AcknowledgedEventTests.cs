using Akka.TestKit;
using Libvirt.Events;
using Libvirt.Messages;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.TestKit;
using Libvirt.Tests.Events;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Messages;

/// <summary>Events by message with acknowledged delivery.</summary>
public sealed class AcknowledgedEventTests
{
    private static readonly EventAcknowledgement Words = new("init", "ack", "complete");

    [Fact]
    public async Task Each_notice_waits_for_the_acknowledgement_of_the_message_before()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe subscriber = await SubscribedAsync(scenario);
        for (int i = 0; i < 3; i++)
            await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(i), DomainEventType.Started);
        await subscriber.ExpectNothingAsync();

        for (int i = 0; i < 3; i++)
        {
            subscriber.Reply("ack");
            Assert.Equal($"vm{i}", (await NextAsync(subscriber)).Event?.Domain.Name);
            await subscriber.ExpectNothingAsync();
        }
    }

    [Fact]
    public async Task An_acknowledgement_too_many_does_not_let_two_messages_through()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe subscriber = await SubscribedAsync(scenario);
        subscriber.Reply("ack");
        subscriber.Reply("ack");
        subscriber.Reply("something else");
        await scenario.Kit.SettleAsync();

        await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(0), DomainEventType.Started);
        await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(1), DomainEventType.Started);

        Assert.Equal("vm0", (await NextAsync(subscriber)).Event?.Domain.Name);
        await subscriber.ExpectNothingAsync();
    }

    [Fact]
    public async Task Events_beyond_the_capacity_are_dropped_and_counted_before_the_next_event()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe subscriber = await SubscribedAsync(scenario, new EventSubscriptionOptions { QueueCapacity = 2 });
        for (int i = 0; i < 5; i++)
            await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(i), DomainEventType.Started);
        await scenario.Kit.SettleAsync();

        subscriber.Reply("ack");
        Assert.Equal(3, (await NextAsync(subscriber)).Dropped);
        subscriber.Reply("ack");
        Assert.Equal("vm3", (await NextAsync(subscriber)).Event?.Domain.Name);
    }

    [Fact]
    public async Task A_subscription_that_must_not_miss_events_ends_when_it_is_full_after_what_waits()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe subscriber = await SubscribedAsync(scenario, new EventSubscriptionOptions { QueueCapacity = 1, Overflow = EventOverflow.Fail });
        for (int i = 0; i < 3; i++)
            await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(i), DomainEventType.Started);
        await scenario.Kit.SettleAsync();

        subscriber.Reply("ack");
        Assert.Equal("vm0", (await NextAsync(subscriber)).Event?.Domain.Name);
        subscriber.Reply("ack");

        Assert.IsType<EventOverflowException>((await subscriber.ExpectMsgAsync<EventsEnded>()).Reason);
    }

    [Fact]
    public async Task A_hypervisor_that_closes_in_order_counts_what_waits_and_completes()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe subscriber = await SubscribedAsync(scenario);
        await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(0), DomainEventType.Started);
        await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(1), DomainEventType.Started);
        await scenario.Kit.SettleAsync();

        Task closing = scenario.Hypervisor.DisposeAsync().AsTask();
        await scenario.Daemon.ReplyAsync(await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectClose), XdrVoid.Value);
        await closing;

        Assert.Equal(2, (await NextAsync(subscriber)).Dropped);
        Assert.Equal("complete", await subscriber.ExpectMsgAsync<string>());
        await subscriber.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_hypervisor_that_closes_for_a_reason_tells_it_with_the_count_of_what_waits()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe subscriber = await SubscribedAsync(scenario);
        await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(0), DomainEventType.Started);
        await scenario.Kit.SettleAsync();

        scenario.Daemon.Close();

        EventsEnded ended = await subscriber.ExpectMsgAsync<EventsEnded>();
        Assert.IsType<LibvirtConnectionLostException>(ended.Reason);
        Assert.Equal(1, ended.Dropped);
    }

    [Fact]
    public async Task An_actor_of_a_subscription_that_fails_tells_the_subscriber_and_leaves_the_hypervisor_alone()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe subscriber = scenario.Kit.CreateProbe();
        (await scenario.Hypervisor.Actor).Tell(DomainEvents.Lifecycle.Subscribe(acknowledgement: new EventAcknowledgement("init", new Incomparable(), "complete")), subscriber.Ref);
        await scenario.Daemon.RegisterAsync(callbackId: 4);
        await subscriber.ExpectMsgAsync<string>();

        subscriber.Reply("anything");

        Assert.IsType<InvalidOperationException>((await subscriber.ExpectMsgAsync<EventsEnded>()).Reason);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackDeregisterAny);
        Assert.IsType<HypervisorState.Ready>(scenario.Hypervisor.State);
    }

    [Fact]
    public async Task A_subscriber_that_stops_without_an_acknowledgement_leaves_nothing_behind()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe subscriber = await SubscribedAsync(scenario);
        await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(0), DomainEventType.Started);

        scenario.Kit.System.Stop(subscriber.Ref);

        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackDeregisterAny);
        await scenario.Kit.SettleAsync();
        Assert.DoesNotContain(
            ActorTree.Below(scenario.Kit.System).Select(static actor => actor.Path.Name), static name => name.StartsWith("subscription-", StringComparison.Ordinal));
    }

    private static async Task<TestProbe> SubscribedAsync(ConnectedScenario scenario, EventSubscriptionOptions? options = null)
    {
        TestProbe subscriber = scenario.Kit.CreateProbe();
        (await scenario.Hypervisor.Actor).Tell(DomainEvents.Lifecycle.Subscribe(options, Words), subscriber.Ref);
        await scenario.Daemon.RegisterAsync(callbackId: 4);
        Assert.Equal("init", await subscriber.ExpectMsgAsync<string>());
        return subscriber;
    }

    private static async Task<EventNotice<DomainLifecycleEvent>> NextAsync(TestProbe subscriber) =>
        (await subscriber.ExpectMsgAsync<EventEnvelope<DomainLifecycleEvent>>()).Notice;

    /// <summary>A defect of a program.</summary>
    private sealed class Incomparable
    {
        public override bool Equals(object? obj) => throw new NotSupportedException("not comparable");

        public override int GetHashCode() => 0;
    }
}
