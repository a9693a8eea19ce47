using Akka.Actor;
using Akka.TestKit;
using Libvirt.Calls;
using Libvirt.Connections;
using Libvirt.Events;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Events;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Supervision;

/// <summary>The main connection of a hypervisor fails.</summary>
public sealed class ConnectionTests
{
    // A connection that has its transport cannot take another one.
    private static readonly TransportConnected Poison = new(null!);

    [Theory]
    [InlineData(LifePhase.Constructor)]
    [InlineData(LifePhase.PreStart)]
    public async Task A_connection_that_fails_as_it_is_created_is_tried_again_after_the_backoff(LifePhase phase)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        scenario.Failing.FailNext<ConnectionActor>(phase, "connection-2");

        scenario.Daemon.Close();
        HypervisorState.Backoff lost = await scenario.ReachAsync<HypervisorState.Backoff>();
        Task<ulong> held = scenario.AskVersionAsync();
        await scenario.Kit.AdvanceAsync(lost.NextAttempt - scenario.Kit.Time.GetUtcNow());

        HypervisorState.Backoff failed = Assert.IsType<HypervisorState.Backoff>(scenario.Hypervisor.State);
        Assert.Equal(2, failed.Attempt);
        Assert.Contains("the log of the actor system has the reason", failed.Reason.Message, StringComparison.Ordinal);
        Assert.Empty(scenario.LivingOf<ConnectionActor>());
        if (phase == LifePhase.PreStart)
            Assert.True((await scenario.Host.NextAttemptAsync()).Client.IsDisposed);

        ScriptedDaemon next = await scenario.ReconnectAsync();
        await next.ReplyAsync(await next.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion), new ConnectGetLibVersionRet { LibVer = 7 });
        Assert.Equal(7ul, await held.InTimeAsync("The held call"));
        await scenario.ServesCallsAsync();
        await scenario.EndsCleanlyAsync();
    }

    [Theory]
    [InlineData(LifePhase.Constructor)]
    [InlineData(LifePhase.PreStart)]
    public async Task A_program_that_connects_gets_the_error_of_a_first_connection_that_fails_as_it_is_created(LifePhase phase)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.CreateAsync();
        scenario.Failing.FailNext<ConnectionActor>(phase);

        Task<Hypervisor> connecting = scenario.ConnectAsync();

        LibvirtConnectException error = await connecting.FailsInTimeAsync<LibvirtConnectException>("Connecting");
        Assert.True(error.IsTransient);
        Assert.Contains("the log of the actor system has the reason", error.Message, StringComparison.Ordinal);
        Assert.Empty(scenario.LivingOf<HypervisorActor>());
        await scenario.EndsCleanlyAsync();
    }

    [Theory]
    [InlineData(LifePhase.Constructor)]
    [InlineData(LifePhase.PreStart)]
    public async Task A_hypervisor_that_was_added_becomes_ready_after_its_first_connection_has_failed_as_it_was_created(LifePhase phase)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.CreateAsync();
        scenario.Failing.FailNext<ConnectionActor>(phase);

        scenario.Add();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        if (phase == LifePhase.PreStart)
            Assert.True((await scenario.Host.NextAttemptAsync()).Client.IsDisposed);
        await scenario.ReconnectAsync();

        await scenario.ReachAsync<HypervisorState.Ready>();
        await scenario.ServesCallsAsync();
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_connection_that_fails_while_it_receives_fails_its_calls_with_whether_they_were_sent_and_is_made_again()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync(
            SupervisionScenario.Options with { MaxInFlight = 3, RetryReads = false });
        Task<ulong> sent = scenario.AskVersionAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        TestProbe requester = await scenario.SuspendByMessageAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainSuspend);
        Task waiting = scenario.SuspendAsync();
        TestProbe waitingRequester = await scenario.SuspendByMessageAsync();
        await scenario.Kit.SettleAsync();
        IActorRef connection = scenario.Living<ConnectionActor>();
        Assert.Equal(2, scenario.LivingOf<CallActor>().Count);

        connection.Tell(Poison);

        await scenario.Kit.ExpectStoppedAsync(connection);
        Assert.True(scenario.Daemon.Client.IsDisposed);
        HypervisorState.Backoff backoff = await scenario.ReachAsync<HypervisorState.Backoff>();
        Assert.IsType<NullReferenceException>(backoff.Reason);
        LibvirtConnectionLostException[] errors =
        [
            await sent.FailsInTimeAsync<LibvirtConnectionLostException>("The call that was sent"),
            await requester.ExpectOneFailureAsync<LibvirtConnectionLostException>(scenario.Kit),
            await waiting.FailsInTimeAsync<LibvirtConnectionLostException>("The call that was not sent"),
            await waitingRequester.ExpectOneFailureAsync<LibvirtConnectionLostException>(scenario.Kit),
        ];
        Assert.Equal([true, true, false, false], errors.Select(static error => error.Sent));
        Assert.All(errors, error => Assert.Same(backoff.Reason, error.InnerException));
        Assert.All(errors, static error => Assert.True(error.IsTransient));
        Assert.Empty(scenario.LivingOf<CallActor>());

        await scenario.ReconnectAsync();
        await scenario.ReachAsync<HypervisorState.Ready>();
        await scenario.ServesCallsAsync();
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_call_that_reads_survives_the_failure_of_its_connection()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<ulong> asked = scenario.AskVersionAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);

        scenario.Living<ConnectionActor>().Tell(Poison);
        ScriptedDaemon next = await scenario.ReconnectAsync();
        await next.ReplyAsync(await next.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion), new ConnectGetLibVersionRet { LibVer = 7 });

        Assert.Equal(7ul, await asked.InTimeAsync("The call"));
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_call_that_makes_its_connection_fail_ends_with_that_failure()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        PoisonedCall call = new();

        scenario.Living<ConnectionActor>().Tell(call);

        LibvirtConnectionLostException error = await call.Ended.FailsInTimeAsync<LibvirtConnectionLostException>("The call");
        Assert.False(error.Sent);
        Assert.IsType<InjectedFailureException>(error.InnerException);
        await scenario.ReconnectAsync();
        await scenario.ReachAsync<HypervisorState.Ready>();
        await scenario.ServesCallsAsync();
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task Subscribers_are_told_of_the_gap_that_a_failed_connection_leaves()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Daemon.RegisterAsync(callbackId: 3);
        await using EventSubscription<DomainLifecycleEvent> subscription = await subscribing.InTimeAsync("The subscription");

        scenario.Living<ConnectionActor>().Tell(Poison);
        ScriptedDaemon next = await scenario.ReconnectAsync();
        await next.RegisterAsync(callbackId: 5);
        await scenario.ReachAsync<HypervisorState.Ready>();
        await next.SendLifecycleAsync(5, EventScenario.Domain(1), DomainEventType.Started);

        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();
        EventGap? gap = (await notices.NextAsync()).Gap;
        Assert.IsType<NullReferenceException>(gap!.Reason);
        Assert.Equal(DomainEventType.Started, (await notices.NextAsync()).Event!.Event);
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task Streams_on_a_failed_connection_fail_with_its_reason()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        LibvirtStream console = await SharedConsole.OpenAsync(scenario);

        scenario.Living<ConnectionActor>().Tell(Poison);

        LibvirtConnectionLostException error = await console.Completion.FailsInTimeAsync<LibvirtConnectionLostException>("The stream");
        Assert.IsType<NullReferenceException>(error.InnerException);
        await console.Input.ReadAsync().AsTask().FailsInTimeAsync<LibvirtConnectionLostException>("Reading");
        await console.Output.WriteAsync(new byte[4]).AsTask().FailsInTimeAsync<LibvirtConnectionLostException>("Writing");
        await console.DisposeAsync().AsTask().InTimeAsync("Disposing the stream");
        Assert.Empty(scenario.LivingOf<StreamActor>());
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_connection_that_fails_during_the_handshake_closes_its_socket_and_fails_the_attempt()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.CreateAsync();
        Task<Hypervisor> connecting = scenario.ConnectAsync();
        ScriptedDaemon daemon = await scenario.Host.NextAttemptAsync();
        await daemon.ExpectCallAsync(RemoteProcedures.AuthList);

        scenario.Living<ConnectionActor>().Tell(Poison);

        LibvirtConnectException error = await connecting.FailsInTimeAsync<LibvirtConnectException>("Connecting");
        Assert.Equal(ConnectFailure.Lost, error.Reason);
        Assert.True(daemon.Client.IsDisposed);
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_connection_that_fails_after_its_PostStop_is_made_again_as_any_other()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        scenario.Failing.FailNext<ConnectionActor>(LifePhase.PostStop);
        Task changing = scenario.SuspendAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainSuspend);

        scenario.Daemon.Close();

        Assert.True((await changing.FailsInTimeAsync<LibvirtConnectionLostException>("The call")).Sent);
        Assert.IsType<EndOfStreamException>((await scenario.ReachAsync<HypervisorState.Backoff>()).Reason);
        await scenario.ReconnectAsync();
        await scenario.ReachAsync<HypervisorState.Ready>();
        await scenario.ServesCallsAsync();
        await scenario.EndsCleanlyAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_socket_that_cannot_be_closed_holds_up_neither_callers_nor_the_end_of_the_hypervisor(bool inOrder)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.CreateAsync();
        UnclosableTransport.Connector connector = new(scenario.Host);
        scenario.Runtime.Connector = connector;
        scenario.Add();
        ScriptedDaemon daemon = await scenario.AcceptAsync();
        await scenario.ReachAsync<HypervisorState.Ready>();
        Task changing = scenario.SuspendAsync();
        await daemon.ExpectCallAsync(RemoteProcedures.DomainSuspend);

        Task ending = inOrder ? scenario.Hypervisor.DisposeAsync().AsTask() : scenario.Runtime.DisposeAsync().AsTask();
        await scenario.Kit.AdvanceAsync(scenario.Hypervisor.Options.CloseTimeout + TimeSpan.FromSeconds(1));

        await ending.InTimeAsync("The end");
        Assert.True((await changing.FailsInTimeAsync<LibvirtConnectionLostException>("The call")).Sent);
        Assert.IsType<HypervisorState.Closed>(scenario.Hypervisor.State);
        Assert.Equal(1, connector.Failures);
        await scenario.EndsCleanlyAsync();
    }
}
