using Akka.Actor;
using Akka.TestKit;
using Libvirt.Messages;
using Libvirt.Protocol.Remote;
using Libvirt.TestKit;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Messages;

/// <summary>Calls that actors send as messages.</summary>
public sealed class CallMessageTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_call_is_answered_with_its_result_and_its_correlation_id()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe requester = scenario.Kit.CreateProbe();
        IActorRef hypervisor = await scenario.Hypervisor.Actor;

        hypervisor.Tell(RemoteProcedures.ConnectGetLibVersion.Call(correlationId: "first"), requester.Ref);
        await scenario.AnswerVersionAsync(12_008_000);

        CallReply<ConnectGetLibVersionRet> reply = await requester.ExpectMsgAsync<CallReply<ConnectGetLibVersionRet>>();
        Assert.Equal((12_008_000ul, "first"), (reply.Result.LibVer, reply.CorrelationId));
        Assert.Equal(hypervisor, requester.LastSender);
    }

    [Fact]
    public async Task A_call_has_a_child_of_its_connection_until_it_ends()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe requester = scenario.Kit.CreateProbe();

        await TellAsync(scenario, requester, RemoteProcedures.ConnectGetLibVersion.Call());
        SentFrame call = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);

        Assert.EndsWith($"/connection-1/call-{call.Header.Serial}", Assert.Single(CallActors(scenario)), StringComparison.Ordinal);
        await scenario.Daemon.ReplyAsync(call, new ConnectGetLibVersionRet { LibVer = 1 });
        await requester.ExpectMsgAsync<CallReply<ConnectGetLibVersionRet>>();
        await scenario.Kit.SettleAsync();
        Assert.Empty(CallActors(scenario));
    }

    [Fact]
    public async Task An_error_of_the_daemon_is_a_failure_that_Ask_throws()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        IActorRef hypervisor = await scenario.Hypervisor.Actor;

        Task<object> asked = hypervisor.Ask<object>(RemoteProcedures.ConnectGetLibVersion.Call(), TestContext.Current.CancellationToken);
        await scenario.Daemon.ReplyErrorAsync(
            await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion), ErrorNumber.OperationDenied, ErrorDomain.Remote, "not for you");

        LibvirtRemoteException error = await Assert.ThrowsAsync<LibvirtRemoteException>(() => asked.WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Equal(ErrorNumber.OperationDenied, error.Code);
    }

    [Fact]
    public async Task A_requester_that_stops_cancels_its_call_and_the_late_reply_is_dropped()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe requester = scenario.Kit.CreateProbe();
        await TellAsync(scenario, requester, RemoteProcedures.ConnectGetLibVersion.Call());
        SentFrame call = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);

        scenario.Kit.System.Stop(requester.Ref);
        await scenario.Kit.SettleAsync();
        Assert.Empty(CallActors(scenario));
        await scenario.Daemon.ReplyAsync(call, new ConnectGetLibVersionRet { LibVer = 1 });

        Task<ulong> next = scenario.AskVersionAsync();
        await scenario.AnswerVersionAsync(2);
        Assert.Equal(2ul, await next.WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_requester_cancels_its_own_calls_by_their_correlation_id()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe requester = scenario.Kit.CreateProbe();
        TestProbe other = scenario.Kit.CreateProbe();
        IActorRef hypervisor = await TellAsync(scenario, requester, RemoteProcedures.ConnectGetLibVersion.Call(correlationId: 7));
        await TellAsync(scenario, other, RemoteProcedures.ConnectGetLibVersion.Call(correlationId: 7));
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        SentFrame left = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);

        hypervisor.Tell(new CancelCall(7), requester.Ref);

        Status.Failure failure = await requester.ExpectMsgAsync<Status.Failure>();
        Assert.IsType<OperationCanceledException>(failure.Cause);
        Assert.Equal(7, failure.State);
        await scenario.Daemon.ReplyAsync(left, new ConnectGetLibVersionRet { LibVer = 3 });
        Assert.Equal(3ul, (await other.ExpectMsgAsync<CallReply<ConnectGetLibVersionRet>>()).Result.LibVer);
    }

    [Fact]
    public async Task A_call_that_is_not_answered_in_its_time_fails_with_a_timeout()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe requester = scenario.Kit.CreateProbe();
        await TellAsync(scenario, requester, RemoteProcedures.ConnectGetLibVersion.Call(new CallOptions(TimeSpan.FromSeconds(3))));
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);

        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(3.1));

        Assert.True(Assert.IsType<LibvirtTimeoutException>((await requester.ExpectMsgAsync<Status.Failure>()).Cause).Sent);
        Assert.Empty(CallActors(scenario));
    }

    [Fact]
    public async Task A_call_that_changes_something_fails_with_its_connection()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        TestProbe requester = scenario.Kit.CreateProbe();
        DomainSuspendArgs args = new() { Dom = new RemoteDomain("vm", Guid.NewGuid(), 1) };
        await TellAsync(scenario, requester, RemoteProcedures.DomainSuspend.Call(args));
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainSuspend);

        scenario.Daemon.Close();

        Assert.True(Assert.IsType<LibvirtConnectionLostException>((await requester.ExpectMsgAsync<Status.Failure>()).Cause).Sent);
        requester.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_call_that_reads_is_retried_on_the_next_connection_with_a_child_of_its_own()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        TestProbe requester = scenario.Kit.CreateProbe();
        await TellAsync(scenario, requester, RemoteProcedures.ConnectGetLibVersion.Call());
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();

        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        ScriptedDaemon next = await host.NextAttemptAsync();
        await next.PlayHandshakeAsync();
        SentFrame call = await next.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);

        Assert.EndsWith($"/connection-2/call-{call.Header.Serial}", Assert.Single(CallActors(scenario)), StringComparison.Ordinal);
        await next.ReplyAsync(call, new ConnectGetLibVersionRet { LibVer = 5 });
        Assert.Equal(5ul, (await requester.ExpectMsgAsync<CallReply<ConnectGetLibVersionRet>>()).Result.LibVer);
    }

    [Fact]
    public async Task A_call_that_waits_for_a_connection_fails_after_the_ready_timeout()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(
            new ScriptedHost(), ConnectedScenario.Steady with { ReadyTimeout = TimeSpan.FromSeconds(0.5) });
        TestProbe requester = scenario.Kit.CreateProbe();
        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();

        await TellAsync(scenario, requester, RemoteProcedures.ConnectGetLibVersion.Call());
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(0.6));

        Assert.False(Assert.IsType<LibvirtConnectionLostException>((await requester.ExpectMsgAsync<Status.Failure>()).Cause).Sent);
    }

    [Fact]
    public async Task A_requester_that_stops_while_its_call_waits_for_a_connection_cancels_the_call()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        TestProbe requester = scenario.Kit.CreateProbe();
        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        DomainSuspendArgs args = new() { Dom = new RemoteDomain("vm", Guid.NewGuid(), 1) };
        await TellAsync(scenario, requester, RemoteProcedures.DomainSuspend.Call(args));
        await scenario.Kit.SettleAsync();
        Assert.Single(CallActors(scenario));

        scenario.Kit.System.Stop(requester.Ref);
        await scenario.Kit.SettleAsync();
        Assert.Empty(CallActors(scenario));

        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        ScriptedDaemon next = await host.NextAttemptAsync();
        await next.PlayHandshakeAsync();
        await scenario.ReachAsync<HypervisorState.Ready>();
        Task<ulong> version = scenario.AskVersionAsync();
        await next.ReplyAsync(await next.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion), new ConnectGetLibVersionRet { LibVer = 9 });
        Assert.Equal(9ul, await version.WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_call_to_a_closed_hypervisor_fails_for_good()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe requester = scenario.Kit.CreateProbe();
        IActorRef hypervisor = await scenario.Hypervisor.Actor;
        Task closing = scenario.Hypervisor.DisposeAsync().AsTask();
        await scenario.Kit.AdvanceAsync(HypervisorOptions.Default.CloseTimeout);
        await closing.WaitAsync(Limit, TestContext.Current.CancellationToken);

        hypervisor.Tell(RemoteProcedures.ConnectGetLibVersion.Call(correlationId: "late"), requester.Ref);

        Status.Failure failure = await requester.ExpectMsgAsync<Status.Failure>();
        Assert.False(Assert.IsType<LibvirtConnectionLostException>(failure.Cause).IsTransient);
        Assert.Equal("late", failure.State);
    }

    [Fact]
    public void A_procedure_that_begins_a_stream_cannot_be_called_by_message()
    {
        DomainOpenConsoleArgs args = new() { Dom = new RemoteDomain("vm", Guid.NewGuid(), 1), DevName = null, Flags = 0 };

        Assert.Throws<ArgumentException>(() => RemoteProcedures.DomainOpenConsole.Call(args));
    }

    private static async Task<IActorRef> TellAsync(ConnectedScenario scenario, TestProbe requester, LibvirtCall call)
    {
        IActorRef hypervisor = await scenario.Hypervisor.Actor.WaitAsync(Limit, TestContext.Current.CancellationToken);
        hypervisor.Tell(call, requester.Ref);
        return hypervisor;
    }

    private static IEnumerable<string> CallActors(ConnectedScenario scenario) =>
        ActorTree.Below(scenario.Kit.System).Select(static actor => actor.Path.ToStringWithoutAddress()).Where(static path => path.Contains("/call-", StringComparison.Ordinal));
}
