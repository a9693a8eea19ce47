using Akka.Actor;
using Akka.TestKit;
using Libvirt.Events;
using Libvirt.Messages;
using Libvirt.Protocol.Remote;
using Libvirt.TestKit;
using Libvirt.Tests.Events;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Messages;

/// <summary>Events by message, without acknowledgement.</summary>
public sealed class EventMessageTests
{
    [Fact]
    public async Task A_subscription_is_acknowledged_when_the_daemon_sends_the_kind_and_events_come_after_that()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe subscriber = scenario.Kit.CreateProbe();
        IActorRef hypervisor = await scenario.Hypervisor.Actor;

        hypervisor.Tell(DomainEvents.Lifecycle.Subscribe(correlationId: "all"), subscriber.Ref);
        await subscriber.ExpectNothingAsync();
        await scenario.Daemon.RegisterAsync(callbackId: 4);
        await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(1), DomainEventType.Started);

        Assert.Equal(new SubscribeEventsAck(DomainEvents.Lifecycle, "all"), await subscriber.ExpectMsgAsync<SubscribeEventsAck>());
        EventEnvelope<DomainLifecycleEvent> envelope = await subscriber.ExpectMsgAsync<EventEnvelope<DomainLifecycleEvent>>();
        Assert.Equal((DomainEvents.Lifecycle, "all"), (envelope.Kind, envelope.CorrelationId));
        Assert.Equal(new DomainLifecycleEvent(EventScenario.Domain(1), DomainEventType.Started, 0), envelope.Notice.Event);
        Assert.Equal(hypervisor, subscriber.LastSender);
    }

    [Fact]
    public async Task Subscriptions_to_one_domain_and_to_all_share_a_registration()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe all = await SubscribedAsync(scenario, DomainEvents.Lifecycle.Subscribe());
        TestProbe one = scenario.Kit.CreateProbe();
        (await scenario.Hypervisor.Actor).Tell(DomainEvents.Lifecycle.Subscribe(Only(2)), one.Ref);
        await one.ExpectMsgAsync<SubscribeEventsAck>();

        await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(1), DomainEventType.Started);
        await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(2), DomainEventType.Started);

        Assert.Equal("vm1", (await NextAsync(all)).Event?.Domain.Name);
        Assert.Equal("vm2", (await NextAsync(all)).Event?.Domain.Name);
        Assert.Equal("vm2", (await NextAsync(one)).Event?.Domain.Name);
        await one.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_kind_of_unknown_type_is_subscribed_to_as_LibvirtEvent()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe subscriber = await SubscribedAsync(scenario, EventCatalog.All[0].SubscribeAny());

        await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(1), DomainEventType.Started);

        EventEnvelope<LibvirtEvent> envelope = await subscriber.ExpectMsgAsync<EventEnvelope<LibvirtEvent>>();
        Assert.IsType<DomainLifecycleEvent>(envelope.Notice.Event);
    }

    [Fact]
    public async Task After_a_reconnect_the_subscriber_is_told_of_the_gap_and_of_the_differences()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        TestProbe subscriber = scenario.Kit.CreateProbe();
        (await scenario.Hypervisor.Actor).Tell(DomainEvents.Lifecycle.Subscribe(new EventSubscriptionOptions { Synthesise = true }), subscriber.Ref);
        await scenario.Daemon.RegisterAsync(callbackId: 4);
        await ListAsync(scenario.Daemon, running: [EventScenario.Domain(1)]);
        await subscriber.ExpectMsgAsync<SubscribeEventsAck>();

        ScriptedDaemon next = await scenario.LoseAsync(host, scenario.Daemon);
        await next.RegisterAsync(callbackId: 9);
        Assert.NotNull((await NextAsync(subscriber)).Gap);
        await ListAsync(next, running: []);

        EventNotice<DomainLifecycleEvent> difference = await NextAsync(subscriber);
        Assert.True(difference.IsSynthesised);
        Assert.Equal((DomainEventType.Stopped, "vm1"), (difference.Event!.Event, difference.Event.Domain.Name));
    }

    [Fact]
    public async Task Events_are_dropped_and_counted_while_the_mailbox_of_the_subscriber_is_full()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe reader = scenario.Kit.CreateProbe();
        IActorRef slow = scenario.Kit.System.ActorOf(Props.Create(() => new SlowSubscriber(reader.Ref)));
        (await scenario.Hypervisor.Actor).Tell(DomainEvents.Lifecycle.Subscribe(new EventSubscriptionOptions { QueueCapacity = 2 }), slow);
        await scenario.Daemon.RegisterAsync(callbackId: 4);
        await reader.ExpectMsgAsync<SubscribeEventsAck>();
        slow.Tell(SlowSubscriber.Pause);

        for (int i = 0; i < 6; i++)
            await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(i), DomainEventType.Started);
        await scenario.Kit.SettleAsync();
        SlowSubscriber.Resume(slow);
        await scenario.Kit.SettleAsync();
        await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(6), DomainEventType.Started);

        Assert.Equal(["vm0", "vm1", "-4", "vm6"], await ReadAsync(reader, 4));
    }

    [Fact]
    public async Task A_subscriber_that_unsubscribes_is_answered_and_hears_nothing_more_and_the_daemon_is_told()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe subscriber = await SubscribedAsync(scenario, DomainEvents.Lifecycle.Subscribe(correlationId: 1));
        IActorRef hypervisor = await scenario.Hypervisor.Actor;
        hypervisor.Tell(new UnsubscribeEvents(CorrelationId: 2), subscriber.Ref);
        hypervisor.Tell(new UnsubscribeEvents(DomainEvents.Reboot, CorrelationId: 1), subscriber.Ref);
        await subscriber.ExpectMsgAsync<UnsubscribeEventsAck>();
        await subscriber.ExpectMsgAsync<UnsubscribeEventsAck>();
        await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(1), DomainEventType.Started);
        await NextAsync(subscriber);

        hypervisor.Tell(new UnsubscribeEvents(DomainEvents.Lifecycle, CorrelationId: 1), subscriber.Ref);

        Assert.Equal(new UnsubscribeEventsAck(1), await subscriber.ExpectMsgAsync<UnsubscribeEventsAck>());
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackDeregisterAny);
        await scenario.Daemon.SendLifecycleAsync(4, EventScenario.Domain(1), DomainEventType.Stopped);
        await subscriber.ExpectNothingAsync();
        ExpectNoSubscriptions(scenario);
    }

    [Fact]
    public async Task A_subscriber_that_stops_ends_its_subscription_at_the_daemon()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe subscriber = await SubscribedAsync(scenario, DomainEvents.Lifecycle.Subscribe());

        scenario.Kit.System.Stop(subscriber.Ref);

        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackDeregisterAny);
        await scenario.Kit.SettleAsync();
        ExpectNoSubscriptions(scenario);
    }

    [Fact]
    public async Task A_kind_that_the_daemon_refuses_is_a_failure()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe subscriber = scenario.Kit.CreateProbe();

        (await scenario.Hypervisor.Actor).Tell(DomainEvents.Lifecycle.Subscribe(correlationId: "refused"), subscriber.Ref);
        await RefuseAsync(scenario.Daemon);

        Status.Failure failure = await subscriber.ExpectMsgAsync<Status.Failure>();
        Assert.Equal(ErrorNumber.NoSupport, Assert.IsType<LibvirtRemoteException>(failure.Cause).Code);
        Assert.Equal("refused", failure.State);
        ExpectNoSubscriptions(scenario);
    }

    [Fact]
    public async Task A_kind_that_the_daemon_refuses_after_a_reconnect_ends_the_subscription_with_a_notice()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        TestProbe subscriber = await SubscribedAsync(scenario, DomainEvents.Lifecycle.Subscribe(correlationId: "refused"));

        ScriptedDaemon next = await scenario.LoseAsync(host, scenario.Daemon);
        await RefuseAsync(next);

        EventsEnded ended = await subscriber.ExpectMsgAsync<EventsEnded>();
        Assert.Equal(("refused", 0), (ended.CorrelationId, ended.Dropped));
        Assert.Equal(ErrorNumber.NoSupport, Assert.IsType<LibvirtRemoteException>(ended.Reason).Code);
    }

    [Fact]
    public async Task A_hypervisor_that_closes_in_order_ends_the_subscription_without_a_reason()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe subscriber = await SubscribedAsync(scenario, DomainEvents.Lifecycle.Subscribe());
        TestProbe waiting = scenario.Kit.CreateProbe();
        IActorRef hypervisor = await scenario.Hypervisor.Actor;

        Task closing = scenario.Hypervisor.DisposeAsync().AsTask();
        await scenario.Daemon.ReplyAsync(await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectClose), Libvirt.Protocol.XdrVoid.Value);
        await closing;

        Assert.Equal(new EventsEnded(DomainEvents.Lifecycle, null, 0, null), await subscriber.ExpectMsgAsync<EventsEnded>());
        hypervisor.Tell(DomainEvents.Lifecycle.Subscribe(correlationId: "late"), waiting.Ref);
        Status.Failure failure = await waiting.ExpectMsgAsync<Status.Failure>();
        Assert.False(Assert.IsType<LibvirtConnectionLostException>(failure.Cause).IsTransient);
        hypervisor.Tell(new UnsubscribeEvents(), waiting.Ref);
        await waiting.ExpectMsgAsync<UnsubscribeEventsAck>();
    }

    [Fact]
    public async Task A_hypervisor_that_closes_for_a_reason_ends_subscriptions_with_it_also_those_that_are_not_made()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe made = await SubscribedAsync(scenario, DomainEvents.Lifecycle.Subscribe());
        TestProbe waiting = scenario.Kit.CreateProbe();
        (await scenario.Hypervisor.Actor).Tell(DomainEvents.Reboot.Subscribe(), waiting.Ref);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackRegisterAny);

        scenario.Daemon.Close();

        Exception reason = Assert.IsType<LibvirtConnectionLostException>((await made.ExpectMsgAsync<EventsEnded>()).Reason);
        Assert.IsType<EndOfStreamException>(reason.InnerException);
        Assert.IsType<LibvirtConnectionLostException>((await waiting.ExpectMsgAsync<Status.Failure>()).Cause);
    }

    private static EventSubscriptionOptions Only(int domain) => new() { Domain = EventScenario.Domain(domain).Uuid };

    private static async Task<TestProbe> SubscribedAsync(ConnectedScenario scenario, SubscribeEvents subscribe)
    {
        TestProbe subscriber = scenario.Kit.CreateProbe();
        (await scenario.Hypervisor.Actor).Tell(subscribe, subscriber.Ref);
        await scenario.Daemon.RegisterAsync(callbackId: 4);
        await subscriber.ExpectMsgAsync<SubscribeEventsAck>();
        return subscriber;
    }

    private static async Task<EventNotice<DomainLifecycleEvent>> NextAsync(TestProbe subscriber) =>
        (await subscriber.ExpectMsgAsync<EventEnvelope<DomainLifecycleEvent>>()).Notice;

    private static async Task<List<string>> ReadAsync(TestProbe reader, int count)
    {
        List<string> read = [];
        while (read.Count < count)
        {
            EventNotice<DomainLifecycleEvent> notice = await NextAsync(reader);
            read.Add(notice.Event?.Domain.Name ?? $"-{notice.Dropped}");
        }

        return read;
    }

    private static async Task RefuseAsync(ScriptedDaemon daemon)
    {
        await daemon.AnswerFeatureAsync(true);
        SentFrame call = await daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackRegisterAny);
        await daemon.ReplyErrorAsync(call, ErrorNumber.NoSupport, ErrorDomain.Remote, "this driver has no such events");
    }

    private static async Task ListAsync(ScriptedDaemon daemon, RemoteDomain[] running)
    {
        RemoteDomain[][] answers = [[], running, [], []];
        foreach (RemoteDomain[] domains in answers)
        {
            SentFrame call = await daemon.ExpectCallAsync(RemoteProcedures.ConnectListAllDomains);
            await daemon.ReplyAsync(call, new ConnectListAllDomainsRet { Domains = domains, Ret = (uint)domains.Length });
        }
    }

    private static void ExpectNoSubscriptions(ConnectedScenario scenario) => Assert.DoesNotContain(
        ActorTree.Below(scenario.Kit.System).Select(static actor => actor.Path.Name), static name => name.StartsWith("subscription-", StringComparison.Ordinal));
}
