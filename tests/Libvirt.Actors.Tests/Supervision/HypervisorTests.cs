using Akka.Actor;
using Akka.TestKit;
using Libvirt.Calls;
using Libvirt.Connections;
using Libvirt.Events;
using Libvirt.Messages;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Events;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Supervision;

/// <summary>The actor of a hypervisor fails: the hypervisor is closed with a reason, and everything that waits for it fails.</summary>
public sealed class HypervisorTests
{
    // No connection is ready: the hypervisor cannot handle it.
    private static readonly ConnectionIsReady Poison = new(null!);

    [Theory]
    [InlineData(LifePhase.Constructor)]
    [InlineData(LifePhase.PreStart)]
    public async Task Connecting_fails_when_the_hypervisor_fails_as_it_is_created_and_the_next_attempt_works(LifePhase phase)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.CreateAsync();
        scenario.Failing.FailNext<HypervisorActor>(phase);

        Task<Hypervisor> connecting = scenario.ConnectAsync();

        LibvirtConnectException error = await connecting.FailsInTimeAsync<LibvirtConnectException>("Connecting");
        Assert.Contains("The actor of the hypervisor failed", error.Message, StringComparison.Ordinal);
        Assert.Empty(scenario.LivingOf<HypervisorActor>());
        Assert.Empty(scenario.LivingOf<ConnectionActor>());
        if (phase == LifePhase.PreStart)
            Assert.True((await scenario.Host.NextAttemptAsync()).Client.IsDisposed);
        Task<Hypervisor> next = scenario.ConnectAsync();
        await scenario.AcceptAsync();
        Task closing = (await next.InTimeAsync("Connecting again")).DisposeAsync().AsTask();
        await scenario.Kit.AdvanceAsync(SupervisionScenario.Options.CloseTimeout);
        await closing.InTimeAsync("Closing");
        await scenario.EndsCleanlyAsync();
    }

    [Theory]
    [InlineData(LifePhase.Constructor)]
    [InlineData(LifePhase.PreStart)]
    public async Task A_hypervisor_that_was_added_and_fails_as_it_is_created_is_closed_and_answers_everything_with_the_failure(LifePhase phase)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.CreateAsync();
        scenario.Failing.FailNext<HypervisorActor>(phase);

        scenario.Add();
        Task early = scenario.SuspendAsync();
        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();

        HypervisorState.Closed closed = await scenario.ReachAsync<HypervisorState.Closed>();
        Assert.Contains("The actor of the hypervisor failed", closed.Reason!.Message, StringComparison.Ordinal);
        await early.FailsInTimeAsync<LibvirtConnectionLostException>("The call that was made at once");
        await subscribing.FailsInTimeAsync<LibvirtConnectionLostException>("The subscription that was made at once");
        await scenario.SuspendAsync().FailsInTimeAsync<LibvirtConnectionLostException>("A later call");
        TestProbe requester = await scenario.SuspendByMessageAsync();
        Assert.False((await requester.ExpectOneFailureAsync<LibvirtConnectionLostException>(scenario.Kit)).IsTransient);
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_hypervisor_that_fails_while_it_receives_is_closed_and_fails_everything_that_waits_for_it()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Daemon.RegisterAsync(callbackId: 3);
        await using EventSubscription<DomainLifecycleEvent> subscription = await subscribing.InTimeAsync("The subscription");
        LibvirtStream console = await SharedConsole.OpenAsync(scenario);
        Task changing = scenario.SuspendAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainSuspend);
        TestProbe requester = await scenario.SuspendByMessageAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainSuspend);
        Task<LibvirtStream> opening = new Domain(scenario.Hypervisor, new RemoteDomain("guest", Guid.Empty, 1)).OpenConsoleAsync().AsTask();
        ScriptedDaemon own = await scenario.Host.NextAttemptAsync();
        IActorRef hypervisor = scenario.Living<HypervisorActor>();

        hypervisor.Tell(Poison);

        await scenario.Kit.ExpectStoppedAsync(hypervisor);
        Assert.IsType<NullReferenceException>(Assert.IsType<HypervisorState.Closed>(scenario.Hypervisor.State).Reason);
        LibvirtConnectionLostException lost = await changing.FailsInTimeAsync<LibvirtConnectionLostException>("The call");
        Assert.True(lost.Sent);
        Assert.False(lost.IsTransient);
        Assert.True((await requester.ExpectOneFailureAsync<LibvirtConnectionLostException>(scenario.Kit)).Sent);
        await console.Completion.FailsInTimeAsync<LibvirtConnectionLostException>("The stream");
        await opening.FailsInTimeAsync<LibvirtConnectionLostException>("Opening a stream");
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();
        await notices.MoveNextAsync().AsTask().FailsInTimeAsync<LibvirtConnectionLostException>("The subscription");
        Assert.True(scenario.Daemon.Client.IsDisposed);
        Assert.True(own.Client.IsDisposed);

        await scenario.SuspendAsync().FailsInTimeAsync<LibvirtConnectionLostException>("A later call");
        TestProbe late = await scenario.SuspendByMessageAsync();
        LibvirtConnectionLostException refused = await late.ExpectOneFailureAsync<LibvirtConnectionLostException>(scenario.Kit);
        Assert.False(refused.Sent);
        Assert.False(refused.IsTransient);
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_hypervisor_that_fails_during_the_backoff_fails_the_calls_that_wait_for_a_connection()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        Task<ulong> held = scenario.AskVersionAsync();
        TestProbe requester = await scenario.SuspendByMessageAsync();
        await scenario.Kit.SettleAsync();

        scenario.Living<HypervisorActor>().Tell(Poison);

        LibvirtConnectionLostException error = await held.FailsInTimeAsync<LibvirtConnectionLostException>("The held call");
        Assert.False(error.Sent);
        Assert.IsType<NullReferenceException>(error.InnerException);
        Assert.False((await requester.ExpectOneFailureAsync<LibvirtConnectionLostException>(scenario.Kit)).Sent);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, scenario.Host.Attempts);
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task Connecting_fails_when_the_hypervisor_fails_while_it_connects()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.CreateAsync();
        Task<Hypervisor> connecting = scenario.ConnectAsync();
        ScriptedDaemon daemon = await scenario.Host.NextAttemptAsync();
        await daemon.ExpectCallAsync(RemoteProcedures.AuthList);

        scenario.Living<HypervisorActor>().Tell(Poison);

        await connecting.FailsInTimeAsync<LibvirtConnectException>("Connecting");
        Assert.True(daemon.Client.IsDisposed);
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_call_that_makes_its_hypervisor_fail_ends_with_that_failure()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        PoisonedCall call = new();

        scenario.Living<HypervisorActor>().Tell(call);

        Assert.False((await call.Ended.FailsInTimeAsync<LibvirtConnectionLostException>("The call")).IsTransient);
        Assert.IsType<InjectedFailureException>((await scenario.ReachAsync<HypervisorState.Closed>()).Reason);
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_call_by_message_that_makes_its_hypervisor_fail_is_answered_once()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        TestProbe requester = scenario.Kit.CreateProbe();

        scenario.Living<HypervisorActor>().Tell(new PoisonedMessage { CorrelationId = requester.Ref.Path.Name }, requester.Ref);

        LibvirtConnectionLostException error = await requester.ExpectOneFailureAsync<LibvirtConnectionLostException>(scenario.Kit);
        Assert.False(error.Sent);
        Assert.IsType<InjectedFailureException>(error.InnerException);
        Assert.NotNull((await scenario.ReachAsync<HypervisorState.Closed>()).Reason);
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_hypervisor_that_fails_after_its_PostStop_has_closed_in_order()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        scenario.Failing.FailNext<HypervisorActor>(LifePhase.PostStop);

        Task closing = scenario.Hypervisor.DisposeAsync().AsTask();
        await scenario.Daemon.ReplyAsync(await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectClose), XdrVoid.Value);

        await closing.InTimeAsync("Closing");
        Assert.Null(Assert.IsType<HypervisorState.Closed>(scenario.Hypervisor.State).Reason);
        Assert.True(scenario.Daemon.Client.IsDisposed);
        await scenario.EndsCleanlyAsync();
    }

    /// <summary>A call by message that cannot begin.</summary>
    private sealed record PoisonedMessage() : LibvirtCall(RemoteProcedures.DomainSuspend)
    {
        internal override Libvirt.Protocol.IXdrWritable WireArgs => Libvirt.Protocol.XdrVoid.Value;

        internal override ActorCall Begin(CallOrigin origin) => throw new InjectedFailureException("The call cannot begin.");
    }
}
