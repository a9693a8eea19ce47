using Libvirt.Events;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Events;

public sealed class GapTests
{
    [Fact]
    public async Task After_a_reconnect_everything_is_registered_before_the_state_is_ready_and_each_subscriber_sees_the_gap_once()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        await using EventSubscription<DomainLifecycleEvent> everything = await SubscribeAsync(scenario, scenario.Daemon, 0);
        await using EventSubscription<DomainLifecycleEvent> one = await scenario.Hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle, new EventSubscriptionOptions { Domain = EventScenario.Domain(1).Uuid });
        DateTimeOffset lost = scenario.Kit.Time.GetUtcNow();

        ScriptedDaemon next = await scenario.LoseAsync(host, scenario.Daemon);
        await next.AnswerFeatureAsync(true);
        SentFrame register = await next.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackRegisterAny);
        Assert.IsType<HypervisorState.Connecting>(scenario.Hypervisor.State);
        await next.ReplyAsync(register, new ConnectDomainEventCallbackRegisterAnyRet { CallbackId = 5 });
        await scenario.ReachAsync<HypervisorState.Ready>();
        await next.SendLifecycleAsync(5, EventScenario.Domain(1), DomainEventType.Started);

        foreach (EventSubscription<DomainLifecycleEvent> subscription in new[] { everything, one })
        {
            await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();
            EventGap gap = (await notices.NextAsync()).Gap!;
            Assert.Equal((lost, lost + TimeSpan.FromSeconds(1)), (gap.From, gap.To));
            Assert.IsType<EndOfStreamException>(gap.Reason);
            Assert.Equal(DomainEventType.Started, (await notices.NextAsync()).Event!.Event);
        }
    }

    [Fact]
    public async Task An_event_of_the_new_connection_comes_after_the_gap_even_when_it_overtakes_other_registrations()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        await using EventSubscription<DomainLifecycleEvent> lifecycle = await SubscribeAsync(scenario, scenario.Daemon, 0);
        Task<EventSubscription<DomainRebootEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Reboot).AsTask();
        await scenario.Daemon.RegisterAsync(1, asksForFeature: false, eventId: 1);
        await using EventSubscription<DomainRebootEvent> reboot = await subscribing;

        ScriptedDaemon next = await scenario.LoseAsync(host, scenario.Daemon);
        await next.RegisterAsync(5);
        await next.SendLifecycleAsync(5, EventScenario.Domain(1), DomainEventType.Started);
        await next.RegisterAsync(6, asksForFeature: false, eventId: 1);
        await scenario.ReachAsync<HypervisorState.Ready>();

        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = lifecycle.GetAsyncEnumerator();
        Assert.NotNull((await notices.NextAsync()).Gap);
        Assert.Equal(DomainEventType.Started, (await notices.NextAsync()).Event!.Event);
    }

    [Fact]
    public async Task Several_lost_connections_in_a_row_are_one_gap()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        await using EventSubscription<DomainLifecycleEvent> subscription = await SubscribeAsync(scenario, scenario.Daemon, 0);
        DateTimeOffset lost = scenario.Kit.Time.GetUtcNow();

        ScriptedDaemon second = await scenario.LoseAsync(host, scenario.Daemon);
        await second.AnswerFeatureAsync(true);
        second.Close();
        await ReachAttempt(scenario, 2);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(2));
        ScriptedDaemon third = await host.NextAttemptAsync();
        await third.PlayHandshakeAsync();
        await third.RegisterAsync(0);
        await scenario.ReachAsync<HypervisorState.Ready>();
        await third.SendLifecycleAsync(0, EventScenario.Domain(1), DomainEventType.Started);

        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();
        EventGap gap = (await notices.NextAsync()).Gap!;
        Assert.Equal((lost, lost + TimeSpan.FromSeconds(3)), (gap.From, gap.To));
        Assert.NotNull((await notices.NextAsync()).Event);
    }

    [Fact]
    public async Task A_subscription_made_while_there_is_no_connection_begins_with_the_next_one_and_without_a_gap()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);

        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        ScriptedDaemon next = await host.NextAttemptAsync();
        await next.PlayHandshakeAsync();
        await next.RegisterAsync(0);
        await using EventSubscription<DomainLifecycleEvent> subscription = await subscribing;
        await next.SendLifecycleAsync(0, EventScenario.Domain(1), DomainEventType.Started);

        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();
        Assert.Equal(DomainEventType.Started, (await notices.NextAsync()).Event!.Event);
    }

    [Fact]
    public async Task Differences_are_told_after_the_gap_where_they_were_asked_for_and_marked_as_such()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle, new EventSubscriptionOptions { Synthesise = true }).AsTask();
        await scenario.Daemon.RegisterAsync(0);
        await AnswerListingAsync(scenario.Daemon, off: [1, 2], active: [3, 4, 6, 7, 8], paused: [4], transient: [6, 7]);
        await using EventSubscription<DomainLifecycleEvent> subscription = await subscribing;
        await scenario.Daemon.SendLifecycleAsync(0, EventScenario.Domain(2), DomainEventType.Started);
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();
        Assert.Equal("vm2", (await notices.NextAsync()).Event!.Domain.Name);

        ScriptedDaemon next = await scenario.LoseAsync(host, scenario.Daemon);
        await next.RegisterAsync(0);
        await AnswerListingAsync(next, off: [2], active: [3, 4, 5, 7, 8, 9], paused: [3], transient: [8, 9]);
        Assert.NotNull((await notices.NextAsync()).Gap);
        List<(string, DomainEventType)> differences = [];
        for (int i = 0; i < 10; i++)
        {
            EventNotice<DomainLifecycleEvent> notice = await notices.NextAsync();
            Assert.True(notice.IsSynthesised);
            differences.Add((notice.Event!.Domain.Name, notice.Event.Event));
        }

        Assert.Equal(
            [
                ("vm1", DomainEventType.Undefined),
                ("vm2", DomainEventType.Stopped),
                ("vm3", DomainEventType.Suspended),
                ("vm4", DomainEventType.Resumed),
                ("vm5", DomainEventType.Defined),
                ("vm5", DomainEventType.Started),
                ("vm6", DomainEventType.Stopped),
                ("vm7", DomainEventType.Defined),
                ("vm8", DomainEventType.Undefined),
                ("vm9", DomainEventType.Started),
            ],
            differences.OrderBy(difference => difference.Item1, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_subscriber_that_wants_differences_is_let_in_when_there_is_a_listing_even_if_a_connection_is_lost_before()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle, new EventSubscriptionOptions { Synthesise = true }).AsTask();
        await scenario.Daemon.RegisterAsync(0);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectListAllDomains);

        ScriptedDaemon next = await scenario.LoseAsync(host, scenario.Daemon);
        await next.RegisterAsync(0);
        Assert.False(subscribing.IsCompleted);
        await AnswerListingAsync(next, off: [1], active: [], paused: [], transient: []);

        await using EventSubscription<DomainLifecycleEvent> subscription = await subscribing;
    }

    [Fact]
    public async Task Subscriptions_end_with_the_hypervisor_and_say_why()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, ConnectedScenario.Steady with { Reconnect = false });
        EventSubscription<DomainLifecycleEvent> subscription = await SubscribeAsync(scenario, scenario.Daemon, 0);
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();

        scenario.Daemon.Close();

        LibvirtConnectionLostException lost = await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => notices.MoveNextAsync().AsTask());
        Assert.IsType<EndOfStreamException>(lost.InnerException);
        await subscription.DisposeAsync();
        await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Reboot).AsTask());
    }

    private static async Task<EventSubscription<DomainLifecycleEvent>> SubscribeAsync(ConnectedScenario scenario, ScriptedDaemon daemon, int callbackId)
    {
        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await daemon.RegisterAsync(callbackId);
        return await subscribing;
    }

    private static async Task AnswerListingAsync(ScriptedDaemon daemon, int[] off, int[] active, int[] paused, int[] transient)
    {
        foreach (int[] domains in new[] { off, active, paused, transient })
        {
            SentFrame call = await daemon.ExpectCallAsync(RemoteProcedures.ConnectListAllDomains);
            await daemon.ReplyAsync(call, new ConnectListAllDomainsRet { Domains = [.. domains.Select(EventScenario.Domain)], Ret = (uint)domains.Length });
        }
    }

    private static async Task ReachAttempt(ConnectedScenario scenario, int attempt)
    {
        await foreach (HypervisorState state in scenario.Hypervisor.StateChanges)
        {
            if (state is HypervisorState.Backoff backoff && backoff.Attempt == attempt)
                return;
        }
    }
}
