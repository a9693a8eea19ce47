using System.Collections.Immutable;
using Akka;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Supervision;
using Akka.Streams.TestKit;
using Libvirt.Events;
using Libvirt.Protocol.Remote;
using Libvirt.Simulator;
using Libvirt.Streams;

namespace Libvirt.Tests.Streams.Graph;

public sealed class HypervisorGraphTests : GraphScenario
{
    [Fact]
    public async Task Events_that_wait_for_demand_are_bounded_and_counted()
    {
        await using Hypervisor hypervisor = await ConnectAsync();
        (SubscriptionControl control, TestSubscriber.Probe<EventNotice<DomainLifecycleEvent>> probe) =
            Run(hypervisor.Events.Source(DomainEvents.Lifecycle, new EventSubscriptionOptions { QueueCapacity = 2 }));
        await CompleteAsync(control.Subscribed);

        for (int i = 0; i < 3; i++)
        {
            Guest.Suspend();
            Guest.Resume();
            await SettleAsync();
        }

        // One waits in the stage, two in the queue; the others were dropped at the place between them.
        Assert.Equal(DomainEventType.Suspended, (await probe.RequestNextAsync()).Event!.Event);
        Assert.Equal(3, (await probe.RequestNextAsync()).Dropped);
        Assert.Equal(DomainEventType.Suspended, (await probe.RequestNextAsync()).Event!.Event);
        Assert.Equal(DomainEventType.Resumed, (await probe.RequestNextAsync()).Event!.Event);
        await probe.CancelAsync();
        Assert.IsType<OperationCanceledException>(await EndOf(control.Completion));
    }

    [Fact]
    public async Task A_lost_connection_is_a_gap_and_the_source_continues()
    {
        await using Hypervisor hypervisor = await ConnectAsync();
        (SubscriptionControl control, TestSubscriber.Probe<EventNotice<DomainLifecycleEvent>> probe) =
            Run(hypervisor.Events.Source(DomainEvents.Lifecycle));
        await CompleteAsync(control.Subscribed);

        Host.DropClients();
        await UntilAsync(() => hypervisor.State is not HypervisorState.Ready);
        await UntilAsync(() => hypervisor.State is HypervisorState.Ready);
        Assert.NotNull((await probe.RequestNextAsync()).Gap);
        Guest.Suspend();

        Assert.Equal(DomainEventType.Suspended, (await probe.RequestNextAsync()).Event!.Event);
        Assert.False(control.Completion.IsCompleted);
    }

    [Fact]
    public async Task Each_materialisation_of_events_is_a_subscription_and_the_last_one_ends_the_registration()
    {
        await using Hypervisor hypervisor = await ConnectAsync();
        Source<EventNotice<DomainLifecycleEvent>, SubscriptionControl> source = hypervisor.Events.Source(DomainEvents.Lifecycle);
        (SubscriptionControl first, TestSubscriber.Probe<EventNotice<DomainLifecycleEvent>> firstProbe) = Run(source);
        (SubscriptionControl second, TestSubscriber.Probe<EventNotice<DomainLifecycleEvent>> secondProbe) = Run(source);
        await CompleteAsync(first.Subscribed);
        await CompleteAsync(second.Subscribed);

        await firstProbe.CancelAsync();
        await EndOf(first.Completion);
        Guest.Suspend();
        Assert.Equal(DomainEventType.Suspended, (await secondProbe.RequestNextAsync()).Event!.Event);
        Assert.Equal(1, Host.ListeningClients);
        second.Abort();
        await EndOf(second.Completion);
        await UntilAsync(() => Host.ListeningClients == 0);
    }

    [Fact]
    public async Task A_refused_subscription_fails_the_source()
    {
        await using Hypervisor hypervisor = await ConnectAsync();
        Script.When(RemoteProcedures.ConnectDomainEventCallbackRegisterAny).Once().Refuse(ErrorNumber.NoSupport, "no events");
        (SubscriptionControl control, TestSubscriber.Probe<EventNotice<DomainLifecycleEvent>> probe) =
            Run(hypervisor.Events.Source(DomainEvents.Lifecycle));

        await probe.RequestAsync(1);

        Assert.IsAssignableFrom<LibvirtException>(await probe.ExpectErrorAsync(Cancellation));
        Assert.IsAssignableFrom<LibvirtException>(await EndOf(control.Subscribed));
        Assert.IsAssignableFrom<LibvirtException>(await EndOf(control.Completion));
    }

    [Fact]
    public async Task Events_complete_when_the_hypervisor_closes_in_order()
    {
        Hypervisor hypervisor = await ConnectAsync();
        (SubscriptionControl control, TestSubscriber.Probe<EventNotice<DomainLifecycleEvent>> probe) =
            Run(hypervisor.Events.Source(DomainEvents.Lifecycle));
        await CompleteAsync(control.Subscribed);
        await probe.RequestAsync(1);

        await CompleteAsync(hypervisor.DisposeAsync().AsTask());

        await probe.ExpectCompleteAsync(Cancellation);
        Assert.Null(await EndOf(control.Completion));
    }

    [Fact]
    public async Task States_are_told_up_to_the_last()
    {
        Hypervisor hypervisor = await ConnectAsync();
        (NotUsed _, TestSubscriber.Probe<HypervisorState> probe) = Run(hypervisor.StateSource());
        Assert.IsType<HypervisorState.Ready>(await probe.RequestNextAsync());
        await probe.RequestAsync(10);

        Host.DropClients();
        await UntilAsync(() => hypervisor.State is not HypervisorState.Ready);
        await UntilAsync(() => hypervisor.State is HypervisorState.Ready);
        await CompleteAsync(hypervisor.DisposeAsync().AsTask());

        List<string> states = [];
        object next;
        while ((next = await probe.ExpectNextOrCompleteAsync(Cancellation)) is HypervisorState state)
            states.Add(state.GetType().Name);
        Assert.Equal(["Backoff", "Connecting", "Ready", "Closed"], states);
    }

    [Fact]
    public async Task Calls_of_a_flow_run_in_parallel_and_reply_in_order()
    {
        for (int i = 0; i < 20; i++)
            Host.Domains.Define($"vm{i}", memoryMiB: 64 * (i + 1), vcpus: 1, running: true);
        await using Hypervisor hypervisor = await ConnectAsync();
        IReadOnlyList<Domain> domains = await hypervisor.ListAllDomainsAsync(cancellationToken: Cancellation);
        Script.When(RemoteProcedures.DomainGetInfo).Delay(TimeSpan.FromSeconds(1));

        Task<IImmutableList<DomainGetInfoRet>> all = Source.From(domains)
            .Select(domain => new DomainGetInfoArgs { Dom = domain.Handle })
            .Via(hypervisor.CallFlow(RemoteProcedures.DomainGetInfo, parallelism: 4))
            .RunWith(Sink.Seq<DomainGetInfoRet>(), Materializer);
        IImmutableList<DomainGetInfoRet> infos = await CompleteAsync(all);

        Assert.Equal(TimeSpan.FromSeconds((domains.Count + 3) / 4), Time.Elapsed);
        List<ulong> expected = [];
        Script.Clear();
        foreach (Domain domain in domains)
            expected.Add((await domain.GetInfoAsync(cancellationToken: Cancellation)).MaxMemory);
        Assert.Equal(expected, infos.Select(info => info.MaxMem));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_fails_fails_the_flow_or_is_left_out(bool resumes)
    {
        await using Hypervisor hypervisor = await ConnectAsync();
        Domain web = await hypervisor.LookupDomainByNameAsync("web", cancellationToken: Cancellation);
        Script.When(RemoteProcedures.DomainGetInfo).Skip(1).Once().Refuse(ErrorNumber.OperationInvalid, "not now");
        Flow<DomainGetInfoArgs, DomainGetInfoRet, NotUsed> calls = hypervisor.CallFlow(RemoteProcedures.DomainGetInfo, parallelism: 1);
        if (resumes)
            calls = calls.WithAttributes(ActorAttributes.CreateSupervisionStrategy(Deciders.ResumingDecider));

        Task<IImmutableList<DomainGetInfoRet>> all = Source.Repeat(new DomainGetInfoArgs { Dom = web.Handle }).Take(3)
            .Via(calls)
            .RunWith(Sink.Seq<DomainGetInfoRet>(), Materializer);

        if (resumes)
            Assert.Equal(2, (await CompleteAsync(all)).Count);
        else
            Assert.IsType<LibvirtRemoteException>((await Assert.ThrowsAnyAsync<Exception>(() => CompleteAsync(all))).GetBaseException());
    }

    [Fact]
    public async Task Calls_that_are_under_way_are_given_up_when_the_flow_is_cancelled()
    {
        await using Hypervisor hypervisor = await ConnectAsync(new HypervisorOptions { CallTimeout = Timeout.InfiniteTimeSpan });
        Domain web = await hypervisor.LookupDomainByNameAsync("web", cancellationToken: Cancellation);
        Script.When(RemoteProcedures.DomainGetInfo).NeverReply();
        (NotUsed _, TestSubscriber.Probe<DomainGetInfoRet> probe) = Run(
            Source.Repeat(new DomainGetInfoArgs { Dom = web.Handle }).Via(hypervisor.CallFlow(RemoteProcedures.DomainGetInfo, parallelism: 3)));
        await probe.RequestAsync(1);
        await SettleAsync();

        await probe.CancelAsync();
        await SettleAsync();

        // Closing waits for calls in flight; there are none any longer.
        TimeSpan before = Time.Elapsed;
        await CompleteAsync(hypervisor.DisposeAsync().AsTask());
        Assert.Equal(before, Time.Elapsed);
    }

    [Fact]
    public async Task A_flow_of_calls_needs_a_procedure_and_at_least_one_call()
    {
        await using Hypervisor hypervisor = await ConnectAsync();
        Assert.Throws<ArgumentOutOfRangeException>(() => hypervisor.CallFlow(RemoteProcedures.DomainGetInfo, parallelism: 0));
        Assert.Throws<ArgumentNullException>(() => hypervisor.CallFlow<DomainGetInfoArgs, DomainGetInfoRet>(null!, parallelism: 1));
        Assert.Throws<ArgumentNullException>(() => hypervisor.Events.Source<DomainLifecycleEvent>(null!));
    }
}
