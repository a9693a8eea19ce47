using Akka.Actor;
using Akka.TestKit;
using Libvirt.Messages;
using Libvirt.Protocol.Qemu;
using Libvirt.Protocol.Remote;
using Libvirt.TestKit;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Messages;

/// <summary>Several calls in one message.</summary>
public sealed class BatchTests
{
    private static readonly LibvirtCall Version = RemoteProcedures.ConnectGetLibVersion.Call(correlationId: "version");
    private static readonly LibvirtCall Hostname = RemoteProcedures.ConnectGetHostname.Call(correlationId: "hostname");

    [Fact]
    public async Task A_batch_is_answered_once_with_an_outcome_for_each_call_in_the_order_of_the_calls()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe requester = scenario.Kit.CreateProbe();
        IActorRef hypervisor = await scenario.Hypervisor.Actor;
        DomainMonitorCommandArgs command = new() { Dom = new RemoteDomain("vm", Guid.Empty, 1), Cmd = "{}", Flags = 0 };

        hypervisor.Tell(new LibvirtBatch(Version, Hostname, QemuProcedures.DomainMonitorCommand.Call(command)) { CorrelationId = "batch" }, requester.Ref);
        SentFrame first = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        SentFrame second = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetHostname);
        SentFrame third = await scenario.Daemon.ExpectCallAsync(QemuProcedures.DomainMonitorCommand);
        await scenario.Daemon.ReplyAsync(third, new DomainMonitorCommandRet { Result = "{\"return\":1}" });
        await scenario.Daemon.ReplyErrorAsync(second, ErrorNumber.OperationDenied, ErrorDomain.Remote, "not for you");
        await scenario.Daemon.ReplyAsync(first, new ConnectGetLibVersionRet { LibVer = 12 });

        BatchReply reply = await requester.ExpectMsgAsync<BatchReply>();
        Assert.Equal("batch", reply.CorrelationId);
        Assert.Equal(["version", "hostname", null], reply.Outcomes.Select(static outcome => outcome.CorrelationId));
        Assert.Equal([true, false, true], reply.Outcomes.Select(static outcome => outcome.Succeeded));
        Assert.Equal(12ul, reply.Outcomes[0].Get<ConnectGetLibVersionRet>().LibVer);
        Assert.Equal(ErrorNumber.OperationDenied, Assert.Throws<LibvirtRemoteException>(() => reply.Outcomes[1].Get<ConnectGetHostnameRet>()).Code);
        Assert.Equal("{\"return\":1}", reply.Outcomes[2].Get<DomainMonitorCommandRet>().Result);
        Assert.Equal(hypervisor, requester.LastSender);
        await ExpectNoActorsAsync(scenario);
    }

    [Fact]
    public async Task A_call_of_a_batch_has_its_own_timeout()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe requester = scenario.Kit.CreateProbe();
        IActorRef hypervisor = await scenario.Hypervisor.Actor;

        hypervisor.Tell(new LibvirtBatch(Version with { Options = new CallOptions(TimeSpan.FromSeconds(2)) }, Hostname), requester.Ref);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        SentFrame hostname = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetHostname);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(3));
        await scenario.Daemon.ReplyAsync(hostname, new ConnectGetHostnameRet { Hostname = "hv1" });

        BatchReply reply = await requester.ExpectMsgAsync<BatchReply>();
        Assert.Equal(TimeSpan.FromSeconds(2), Assert.IsType<LibvirtTimeoutException>(reply.Outcomes[0].Error).Timeout);
        Assert.Equal("hv1", reply.Outcomes[1].Get<ConnectGetHostnameRet>().Hostname);
    }

    [Theory]
    [InlineData("batch", false)]
    [InlineData("hostname", true)]
    public async Task A_batch_or_one_call_of_it_is_cancelled_by_correlation_id(string cancelled, bool versionIsAnswered)
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe requester = scenario.Kit.CreateProbe();
        IActorRef hypervisor = await scenario.Hypervisor.Actor;
        hypervisor.Tell(new LibvirtBatch(Version, Hostname) { CorrelationId = "batch" }, requester.Ref);
        SentFrame version = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetHostname);

        // Of another actor: not its batch.
        hypervisor.Tell(new CancelCall(cancelled), scenario.Kit.CreateProbe().Ref);
        await requester.ExpectNothingAsync();
        hypervisor.Tell(new CancelCall(cancelled), requester.Ref);
        await scenario.Kit.SettleAsync();
        await scenario.Daemon.ReplyAsync(version, new ConnectGetLibVersionRet { LibVer = 12 });

        BatchReply reply = await requester.ExpectMsgAsync<BatchReply>();
        Assert.Equal(versionIsAnswered, reply.Outcomes[0].Succeeded);
        Assert.IsType<OperationCanceledException>(reply.Outcomes[1].Error);
        await ExpectNoActorsAsync(scenario);
    }

    [Fact]
    public async Task A_requester_that_stops_gives_the_calls_of_its_batch_up()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe requester = scenario.Kit.CreateProbe();
        (await scenario.Hypervisor.Actor).Tell(new LibvirtBatch(Version, Hostname), requester.Ref);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetHostname);

        scenario.Kit.System.Stop(requester.Ref);

        await ExpectNoActorsAsync(scenario);
    }

    [Fact]
    public async Task Calls_of_a_batch_that_read_are_sent_again_and_others_fail_with_the_connection()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        ScriptedDaemon daemon = scenario.Daemon;
        TestProbe requester = scenario.Kit.CreateProbe();
        DomainCreateArgs create = new() { Dom = new RemoteDomain("vm", Guid.Empty, -1) };
        (await scenario.Hypervisor.Actor).Tell(new LibvirtBatch(RemoteProcedures.ConnectGetLibVersion.Call(), RemoteProcedures.DomainCreate.Call(create)), requester.Ref);
        await daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        await daemon.ExpectCallAsync(RemoteProcedures.DomainCreate);

        daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        ScriptedDaemon next = await host.NextAttemptAsync();
        await next.PlayHandshakeAsync();
        await next.ReplyAsync(await next.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion), new ConnectGetLibVersionRet { LibVer = 12 });

        BatchReply reply = await requester.ExpectMsgAsync<BatchReply>();
        Assert.Equal(12ul, reply.Outcomes[0].Get<ConnectGetLibVersionRet>().LibVer);
        Assert.True(Assert.IsType<LibvirtConnectionLostException>(reply.Outcomes[1].Error).Sent);
    }

    [Fact]
    public async Task A_batch_in_flight_when_the_hypervisor_is_stopped_is_answered_with_failures()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe requester = scenario.Kit.CreateProbe();
        IActorRef hypervisor = await scenario.Hypervisor.Actor;
        hypervisor.Tell(new LibvirtBatch(Version, Hostname), requester.Ref);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetHostname);

        scenario.Kit.System.Stop(hypervisor);

        BatchReply reply = await requester.ExpectMsgAsync<BatchReply>();
        Assert.All(reply.Outcomes, static outcome => Assert.False(Assert.IsType<LibvirtConnectionLostException>(outcome.Error).IsTransient));
        hypervisor.Tell(new LibvirtBatch(Version) { CorrelationId = "late" }, requester.Ref);
        Status.Failure failure = await requester.ExpectMsgAsync<Status.Failure>();
        Assert.Equal("late", failure.State);
        Assert.False(Assert.IsType<LibvirtConnectionLostException>(failure.Cause).Sent);
    }

    [Fact]
    public async Task An_empty_batch_is_a_failure()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        TestProbe requester = scenario.Kit.CreateProbe();

        (await scenario.Hypervisor.Actor).Tell(new LibvirtBatch() { CorrelationId = 1 }, requester.Ref);

        Status.Failure failure = await requester.ExpectMsgAsync<Status.Failure>();
        Assert.IsType<ArgumentException>(failure.Cause);
        Assert.Equal(1, failure.State);
    }

    private static async Task ExpectNoActorsAsync(ConnectedScenario scenario)
    {
        await scenario.Kit.SettleAsync();
        Assert.DoesNotContain(
            ActorTree.Below(scenario.Kit.System).Select(static actor => actor.Path.Name),
            static name => name.StartsWith("batch-", StringComparison.Ordinal) || name.StartsWith("call-", StringComparison.Ordinal));
    }
}
