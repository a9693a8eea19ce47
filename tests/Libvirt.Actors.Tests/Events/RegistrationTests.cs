using Libvirt.Events;
using Libvirt.Protocol;
using Libvirt.Protocol.Qemu;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Events;

public sealed class RegistrationTests
{
    [Fact]
    public async Task A_kind_is_registered_once_for_all_its_subscribers_and_deregistered_with_the_last()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Daemon.RegisterAsync(callbackId: 0);
        EventSubscription<DomainLifecycleEvent> first = await subscribing;
        EventSubscription<DomainLifecycleEvent> second = await scenario.Hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle, new EventSubscriptionOptions { Domain = Guid.NewGuid() });
        await first.DisposeAsync();
        await scenario.Kit.SettleAsync();
        Assert.False(scenario.Daemon.HasUnreadBytes());
        await second.DisposeAsync();

        SentFrame deregister = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackDeregisterAny);
        Assert.Equal(0, deregister.Read<ConnectDomainEventCallbackDeregisterAnyArgs>().CallbackId);
        await scenario.Daemon.ReplyAsync(deregister, XdrVoid.Value);
    }

    [Fact]
    public async Task Whoever_comes_while_the_daemon_has_not_answered_one_who_left_shares_the_answer()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        using CancellationTokenSource leaving = new();

        Task leaver = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle, cancellationToken: leaving.Token).AsTask();
        await scenario.Daemon.AnswerFeatureAsync(true);
        SentFrame register = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackRegisterAny);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        Task<EventSubscription<DomainLifecycleEvent>> coming = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Kit.SettleAsync();
        Assert.False(scenario.Daemon.HasUnreadBytes());
        await scenario.Daemon.ReplyAsync(register, new ConnectDomainEventCallbackRegisterAnyRet { CallbackId = 3 });

        await using EventSubscription<DomainLifecycleEvent> subscription = await coming;
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();
        await scenario.Daemon.SendLifecycleAsync(3, EventScenario.Domain(1), DomainEventType.Started);
        Assert.Equal(DomainEventType.Started, (await notices.NextAsync()).Event!.Event);
    }

    [Fact]
    public async Task A_registration_that_everybody_left_before_the_answer_is_taken_back()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        using CancellationTokenSource leaving = new();

        Task leaver = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle, cancellationToken: leaving.Token).AsTask();
        await scenario.Daemon.AnswerFeatureAsync(true);
        SentFrame register = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackRegisterAny);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        await scenario.Daemon.ReplyAsync(register, new ConnectDomainEventCallbackRegisterAnyRet { CallbackId = 3 });

        SentFrame deregister = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackDeregisterAny);
        Assert.Equal(3, deregister.Read<ConnectDomainEventCallbackDeregisterAnyArgs>().CallbackId);
        await scenario.Daemon.ReplyAsync(deregister, XdrVoid.Value);
    }

    [Fact]
    public async Task A_registration_that_everybody_left_does_not_come_back_with_the_next_connection()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, ConnectedScenario.Steady);
        using CancellationTokenSource leaving = new();

        Task leaver = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle, cancellationToken: leaving.Token).AsTask();
        await scenario.Daemon.AnswerFeatureAsync(true);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackRegisterAny);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        ScriptedDaemon next = await scenario.LoseAsync(host, scenario.Daemon);
        await scenario.ReachAsync<HypervisorState.Ready>();
        await scenario.Kit.SettleAsync();

        Assert.False(next.HasUnreadBytes());
    }

    [Fact]
    public async Task A_daemon_without_callback_ids_is_asked_in_the_older_form()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Daemon.AnswerFeatureAsync(false);
        await scenario.Daemon.ReplyAsync(
            await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventRegister), new ConnectDomainEventRegisterRet { CbRegistered = 1 });
        await using EventSubscription<DomainLifecycleEvent> subscription = await subscribing;
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();
        await scenario.Daemon.SendAsync(
            EventScenario.Event(RemoteEvents.DomainEventLifecycle),
            new DomainEventLifecycleMsg { Dom = EventScenario.Domain(1), Event = (int)DomainEventType.Started, Detail = 0 });

        Assert.Equal(DomainEventType.Started, (await notices.NextAsync()).Event!.Event);
    }

    [Fact]
    public async Task A_kind_that_is_younger_than_the_daemon_says_so()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        Task subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.JobCompleted).AsTask();
        await scenario.Daemon.AnswerFeatureAsync(false);

        await Assert.ThrowsAsync<LibvirtEventNotSupportedException>(() => subscribing);
        Assert.IsType<HypervisorState.Ready>(scenario.Hypervisor.State);
    }

    [Fact]
    public async Task A_kind_that_the_daemon_refuses_fails_its_subscriber_with_the_daemons_words()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        Task subscribing = scenario.Hypervisor.Events.SubscribeAsync(NetworkEvents.Lifecycle).AsTask();
        await scenario.Daemon.ReplyErrorAsync(
            await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectNetworkEventRegisterAny), ErrorNumber.NoSupport, ErrorDomain.Test, "no such events");

        Assert.Equal("no such events", (await Assert.ThrowsAsync<LibvirtRemoteException>(() => subscribing)).Message);
    }

    [Fact]
    public async Task A_registration_does_not_wait_behind_the_callers_own_calls()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(new HypervisorOptions { MaxInFlight = 2 });

        Task<ulong>[] calls = [.. Enumerable.Range(0, 5).Select(_ => scenario.AskVersionAsync())];
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        Task<EventSubscription<SecretLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(SecretEvents.Lifecycle).AsTask();
        SentFrame register = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectSecretEventRegisterAny);
        await scenario.Daemon.ReplyAsync(register, new ConnectSecretEventRegisterAnyRet { CallbackId = 0 });

        await using EventSubscription<SecretLifecycleEvent> subscription = await subscribing;
        Assert.DoesNotContain(calls, call => call.IsCompleted);
    }

    [Fact]
    public async Task An_event_that_overtakes_the_reply_with_its_callback_id_is_delivered()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Daemon.AnswerFeatureAsync(true);
        SentFrame register = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackRegisterAny);
        await scenario.Daemon.SendLifecycleAsync(7, EventScenario.Domain(1), DomainEventType.Started);
        await scenario.Daemon.SendLifecycleAsync(3, EventScenario.Domain(2), DomainEventType.Started);
        await scenario.Daemon.ReplyAsync(register, new ConnectDomainEventCallbackRegisterAnyRet { CallbackId = 7 });
        await scenario.Daemon.SendLifecycleAsync(7, EventScenario.Domain(1), DomainEventType.Stopped);
        await using EventSubscription<DomainLifecycleEvent> subscription = await subscribing;
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();

        Assert.Equal(DomainEventType.Started, (await notices.NextAsync()).Event!.Event);
        Assert.Equal(DomainEventType.Stopped, (await notices.NextAsync()).Event!.Event);
    }

    [Fact]
    public async Task Callback_ids_of_two_families_that_collide_are_kept_apart()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        Task<EventSubscription<DomainLifecycleEvent>> subscribingDomains = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Daemon.RegisterAsync(callbackId: 0);
        await using EventSubscription<DomainLifecycleEvent> domains = await subscribingDomains;
        Task<EventSubscription<NetworkLifecycleEvent>> subscribingNetworks = scenario.Hypervisor.Events.SubscribeAsync(NetworkEvents.Lifecycle).AsTask();
        await scenario.Daemon.ReplyAsync(
            await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectNetworkEventRegisterAny), new ConnectNetworkEventRegisterAnyRet { CallbackId = 0 });
        await using EventSubscription<NetworkLifecycleEvent> networks = await subscribingNetworks;
        await scenario.Daemon.SendAsync(
            EventScenario.Event(RemoteEvents.NetworkEventLifecycle),
            new NetworkEventLifecycleMsg { CallbackId = 0, Net = new RemoteNetwork("net", Guid.Empty), Event = (int)NetworkEventLifecycleType.Started, Detail = 0 });
        await scenario.Daemon.SendLifecycleAsync(0, EventScenario.Domain(1), DomainEventType.Started);

        await using IAsyncEnumerator<EventNotice<NetworkLifecycleEvent>> fromNetworks = networks.GetAsyncEnumerator();
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> fromDomains = domains.GetAsyncEnumerator();
        Assert.Equal("net", (await fromNetworks.NextAsync()).Event!.Network.Name);
        Assert.Equal("vm1", (await fromDomains.NextAsync()).Event!.Domain.Name);
    }

    [Fact]
    public async Task A_late_event_of_an_ended_registration_does_not_reach_a_new_one()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Daemon.RegisterAsync(callbackId: 0);
        await (await subscribing).DisposeAsync();
        await scenario.Daemon.ReplyAsync(await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackDeregisterAny), XdrVoid.Value);
        subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Daemon.SendLifecycleAsync(0, EventScenario.Domain(1), DomainEventType.Started);
        await scenario.Daemon.RegisterAsync(callbackId: 1, asksForFeature: false);
        await scenario.Daemon.SendLifecycleAsync(1, EventScenario.Domain(2), DomainEventType.Started);
        await using EventSubscription<DomainLifecycleEvent> subscription = await subscribing;
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();

        Assert.Equal("vm2", (await notices.NextAsync()).Event!.Domain.Name);
    }

    [Fact]
    public async Task Monitor_events_are_registered_by_filter_and_told_with_their_time_and_data()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        QemuMonitorFilter filter = new("block_job.*", ConnectDomainQemuMonitorEventRegisterFlags.Regex);

        Task<EventSubscription<QemuMonitorEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(QemuMonitorEvents.Matching(filter)).AsTask();
        SentFrame register = await scenario.Daemon.ExpectCallAsync(QemuProcedures.ConnectDomainMonitorEventRegister);
        await scenario.Daemon.ReplyAsync(register, new ConnectDomainMonitorEventRegisterRet { CallbackId = 4 });
        await using EventSubscription<QemuMonitorEvent> first = await subscribing;
        await using EventSubscription<QemuMonitorEvent> second = await scenario.Hypervisor.Events.SubscribeAsync(QemuMonitorEvents.Matching(filter with { }));
        await scenario.Daemon.SendAsync(EventScenario.Event(QemuEvents.DomainMonitorEvent), new DomainMonitorEventMsg
        {
            CallbackId = 4,
            Dom = EventScenario.Domain(1),
            Event = "BLOCK_JOB_READY",
            Seconds = 1700000000,
            Micros = 250000,
            Details = "{\"device\":\"d\"}",
        });

        Assert.Equal(("block_job.*", 1u), (register.Read<ConnectDomainMonitorEventRegisterArgs>().Event, register.Read<ConnectDomainMonitorEventRegisterArgs>().Flags));
        foreach (EventSubscription<QemuMonitorEvent> subscription in new[] { first, second })
        {
            await using IAsyncEnumerator<EventNotice<QemuMonitorEvent>> notices = subscription.GetAsyncEnumerator();
            QemuMonitorEvent happened = (await notices.NextAsync()).Event!;
            Assert.Equal(("BLOCK_JOB_READY", "{\"device\":\"d\"}"), (happened.Event, happened.Details));
            Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1700000000250), happened.Time);
        }
    }

    [Fact]
    public void Every_event_of_the_protocol_has_its_kind()
    {
        ProgramEvent[] missing = [.. RemoteEvents.All.Concat(QemuEvents.All).Where(e => !EventCatalog.TryFind(e.Program, e.Number, out _))];

        Assert.Empty(missing);
    }
}
