using System.Diagnostics;
using Libvirt.TestKit;
using Akka.Actor;
using Akka.TestKit;
using Libvirt.Events;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Events;

public sealed class SubscriberTests
{
    [Fact]
    public async Task Each_subscriber_sees_its_own_domain_and_those_of_everything_see_all()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        await using EventSubscription<DomainLifecycleEvent> everything = await SubscribeAsync(scenario);
        await using EventSubscription<DomainLifecycleEvent> first = await SubscribeToAsync(scenario, 1);
        await using EventSubscription<DomainLifecycleEvent> second = await SubscribeToAsync(scenario, 2);

        for (int i = 0; i < 6; i++)
            await scenario.Daemon.SendLifecycleAsync(0, EventScenario.Domain(1 + (i % 3)), (DomainEventType)i);

        Assert.Equal([0, 1, 2, 3, 4, 5], await ReadAsync(everything, 6));
        Assert.Equal([0, 3], await ReadAsync(first, 2));
        Assert.Equal([1, 4], await ReadAsync(second, 2));
    }

    [Fact]
    public async Task A_subscriber_that_does_not_read_loses_the_oldest_and_reads_how_many_while_others_lose_nothing()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        await using EventSubscription<DomainLifecycleEvent> fast = await SubscribeAsync(scenario);
        await using EventSubscription<DomainLifecycleEvent> slow = await scenario.Hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle, new EventSubscriptionOptions { QueueCapacity = 3 });

        for (int i = 0; i < 8; i++)
            await scenario.Daemon.SendLifecycleAsync(0, EventScenario.Domain(1), (DomainEventType)i);

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], await ReadAsync(fast, 8));
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = slow.GetAsyncEnumerator();
        Assert.Equal(5, (await notices.NextAsync()).Dropped);
        Assert.Equal([5, 6, 7], await ReadAsync(notices, 3));
        Assert.Equal(5, slow.TotalDropped);
    }

    [Fact]
    public async Task An_actor_that_subscribes_and_unsubscribes_leaves_nothing_behind()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        await using EventSubscription<DomainLifecycleEvent> other = await SubscribeAsync(scenario);
        IActorRef owner = scenario.Kit.CreateProbe("owner").Ref;

        WeakReference held = await UseAsync(owner, async (actor, map) =>
        {
            IAsyncDisposable subscription = await scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle, actor, map);
            await subscription.DisposeAsync();
        });
        await scenario.Kit.SettleAsync();

        await AssertCollectedAsync(held);
    }

    [Fact]
    public async Task A_subscription_that_was_given_up_before_there_was_a_connection_leaves_nothing_behind()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        Task<EventSubscription<DomainLifecycleEvent>> patient = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        IActorRef owner = scenario.Kit.CreateProbe("owner").Ref;

        WeakReference held = await UseAsync(owner, async (actor, map) =>
        {
            using CancellationTokenSource cancel = new();
            ValueTask<IAsyncDisposable> subscribing = scenario.Hypervisor.Events.SubscribeAsync(
                DomainEvents.Lifecycle, actor, map, cancellationToken: cancel.Token);
            await scenario.Kit.SettleAsync();
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => subscribing.AsTask());
        });
        await scenario.Kit.SettleAsync();

        await AssertCollectedAsync(held);
        Assert.False(patient.IsCompleted);
    }

    [Fact]
    public async Task Nobody_waits_for_the_subscription_of_an_actor_that_has_ended()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        TestProbe owner = scenario.Kit.CreateProbe("owner");
        Task<IAsyncDisposable> subscribing = scenario.Hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle, owner.Ref, notice => (object)notice, cancellationToken: TestContext.Current.CancellationToken).AsTask();
        await scenario.Kit.SettleAsync();
        Assert.False(subscribing.IsCompleted);

        scenario.Kit.System.Stop(owner.Ref);

        await (await subscribing).DisposeAsync();
    }

    [Fact]
    public async Task A_subscriber_that_chose_to_fail_reads_what_is_queued_and_then_the_error()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        await using EventSubscription<DomainLifecycleEvent> fast = await SubscribeAsync(scenario);
        await using EventSubscription<DomainLifecycleEvent> strict = await scenario.Hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle, new EventSubscriptionOptions { QueueCapacity = 2, Overflow = EventOverflow.Fail });

        for (int i = 0; i < 4; i++)
            await scenario.Daemon.SendLifecycleAsync(0, EventScenario.Domain(1), (DomainEventType)i);

        Assert.Equal([0, 1, 2, 3], await ReadAsync(fast, 4));
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = strict.GetAsyncEnumerator();
        Assert.Equal([0, 1], await ReadAsync(notices, 2));
        await Assert.ThrowsAsync<EventOverflowException>(() => notices.MoveNextAsync().AsTask());
    }

    [Fact]
    public async Task An_actor_subscribes_with_a_mapping_to_its_own_message_and_its_end_is_the_end_of_the_subscription()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe probe = scenario.Kit.CreateProbe();
        Task<IAsyncDisposable> subscribing = scenario.Hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle, probe.Ref, notice => notice.Event is { } e ? $"{e.Domain.Name} {e.Event}" : "other").AsTask();
        await scenario.Daemon.RegisterAsync(0);
        await subscribing;

        await scenario.Daemon.SendLifecycleAsync(0, EventScenario.Domain(1), DomainEventType.Started);
        Assert.Equal("vm1 Started", await probe.ExpectMsgAsync<string>());
        scenario.Kit.System.Stop(probe.Ref);

        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackDeregisterAny);
    }

    [Fact]
    public async Task A_mapping_that_throws_ends_its_own_subscription_only()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        await using EventSubscription<DomainLifecycleEvent> other = await SubscribeAsync(scenario);
        int asked = 0;
        TestProbe probe = scenario.Kit.CreateProbe();
        await scenario.Hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle, probe.Ref, Fail, new EventSubscriptionOptions { Domain = EventScenario.Domain(1).Uuid });

        await scenario.Daemon.SendLifecycleAsync(0, EventScenario.Domain(1), DomainEventType.Started);
        await scenario.Daemon.SendLifecycleAsync(0, EventScenario.Domain(1), DomainEventType.Stopped);

        Assert.Equal([(int)DomainEventType.Started, (int)DomainEventType.Stopped], await ReadAsync(other, 2));
        Assert.IsType<HypervisorState.Ready>(scenario.Hypervisor.State);

        // It is asked once: after that it is no subscriber any more.
        await scenario.Kit.SettleAsync();
        Assert.Equal(1, Volatile.Read(ref asked));

        object Fail(EventNotice<DomainLifecycleEvent> notice)
        {
            Interlocked.Increment(ref asked);
            throw new InvalidOperationException("not mine");
        }
    }

    [Fact]
    public async Task A_cancelled_reader_leaves_the_subscription_as_it_was()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        await using EventSubscription<DomainLifecycleEvent> subscription = await SubscribeAsync(scenario);
        using CancellationTokenSource cancel = new();

        Task<bool> reading = subscription.GetAsyncEnumerator(cancel.Token).MoveNextAsync().AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await scenario.Daemon.SendLifecycleAsync(0, EventScenario.Domain(1), DomainEventType.Resumed);

        Assert.Equal([(int)DomainEventType.Resumed], await ReadAsync(subscription, 1));
    }

    [Fact]
    public async Task Topics_come_and_go_with_their_subscribers()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        await using EventSubscription<DomainLifecycleEvent> everything = await SubscribeAsync(scenario);
        long before = ActorTree.CountLivingActors(scenario.Kit.System);

        EventSubscription<DomainLifecycleEvent>[] subscriptions = [.. await Task.WhenAll(Enumerable.Range(1, 20).Select(i => SubscribeToAsync(scenario, i)))];
        Assert.Equal(before + 20, ActorTree.CountLivingActors(scenario.Kit.System));
        foreach (EventSubscription<DomainLifecycleEvent> subscription in subscriptions)
            await subscription.DisposeAsync();
        await scenario.Kit.SettleAsync();

        Assert.Equal(before, ActorTree.CountLivingActors(scenario.Kit.System));
    }

    [Fact]
    public async Task A_hundred_thousand_events_reach_a_thousand_subscribers_without_loss_or_with_exact_counts()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        await using EventSubscription<DomainLifecycleEvent> everything = await SubscribeAsync(scenario);
        const int Domains = 200, Events = 100_000, PerDomain = Events / Domains;
        List<(EventSubscription<DomainLifecycleEvent> Subscription, bool Roomy)> subscribers = [];
        for (int i = 0; i < 1000; i++)
        {
            EventSubscriptionOptions options = new() { Domain = EventScenario.Domain(i % Domains).Uuid, QueueCapacity = i < 800 ? PerDomain : 100 };
            subscribers.Add((await scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle, options), i < 800));
        }

        Task<int> readAll = Task.Run(async () =>
        {
            int seen = 0;
            await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = everything.GetAsyncEnumerator();
            while (seen < Events)
            {
                EventNotice<DomainLifecycleEvent> notice = await notices.NextAsync();
                seen += notice.Event is null ? (int)notice.Dropped : 1;
            }

            return seen;
        });
        byte[][] frames = [.. Enumerable.Range(0, Domains).Select(i => Frames.Encode(
            EventScenario.Event(RemoteEvents.DomainEventCallbackLifecycle),
            new DomainEventCallbackLifecycleMsg { CallbackId = 0, Msg = new DomainEventLifecycleMsg { Dom = EventScenario.Domain(i), Event = 2, Detail = 0 } }))];
        for (int i = 0; i < Events; i++)
            await scenario.Daemon.SendBytesAsync(frames[i % Domains]);
        Assert.Equal(Events, await readAll);
        await scenario.Kit.SettleAsync();

        foreach ((EventSubscription<DomainLifecycleEvent> subscription, bool roomy) in subscribers)
        {
            await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();
            int room = roomy ? PerDomain : 100;
            if (!roomy)
                Assert.Equal(PerDomain - room, (await notices.NextAsync()).Dropped);
            Assert.Equal(room, (await ReadAsync(notices, room)).Count);
            await subscription.DisposeAsync();
            Assert.False(await notices.MoveNextAsync());
        }
    }

    private static async Task<EventSubscription<DomainLifecycleEvent>> SubscribeAsync(ConnectedScenario scenario)
    {
        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Daemon.RegisterAsync(0);
        return await subscribing;
    }

    private static Task<EventSubscription<DomainLifecycleEvent>> SubscribeToAsync(ConnectedScenario scenario, int domain) =>
        scenario.Hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle, new EventSubscriptionOptions { Domain = EventScenario.Domain(domain).Uuid }).AsTask();

    private static async Task<IReadOnlyCollection<int>> ReadAsync(EventSubscription<DomainLifecycleEvent> subscription, int count)
    {
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();
        return await ReadAsync(notices, count);
    }

    private static async Task<IReadOnlyCollection<int>> ReadAsync(IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices, int count)
    {
        int[] types = new int[count];
        for (int i = 0; i < count; i++)
            types[i] = (int)(await notices.NextAsync()).Event!.Event;
        return types;
    }

    /// <summary>Does something with a subscription, and gives what only the subscription had hold of.</summary>
    private static async Task<WeakReference> UseAsync(
        IActorRef actor, Func<IActorRef, Func<EventNotice<DomainLifecycleEvent>, object>, Task> act)
    {
        object held = new();
        await act(actor, notice => notice.Event is null ? held : notice.Event);
        return new WeakReference(held);
    }

    private static async Task AssertCollectedAsync(WeakReference reference)
    {
        long begun = Stopwatch.GetTimestamp();
        while (reference.IsAlive && Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(30))
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.False(reference.IsAlive);
    }
}
