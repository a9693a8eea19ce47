using Akka.Actor;
using Akka.TestKit;
using Libvirt.Calls;
using Libvirt.Connections;
using Libvirt.Messages;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Supervision;

/// <summary>The actor of a call fails: its requester gets an answer, and only this call is affected.</summary>
public sealed class CallTests
{
    [Theory]
    [InlineData(LifePhase.Constructor)]
    [InlineData(LifePhase.PreStart)]
    public async Task A_call_whose_actor_fails_as_it_is_created_is_answered_once_with_the_failure(LifePhase phase)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        scenario.Failing.FailNext<CallActor>(phase);

        TestProbe requester = await scenario.SuspendByMessageAsync();

        InvalidOperationException error = await requester.ExpectOneFailureAsync<InvalidOperationException>(scenario.Kit);
        Assert.Contains("The actor of the call", error.Message, StringComparison.Ordinal);
        await ExpectNextCallIsAnsweredAsync(scenario);
    }

    [Fact]
    public async Task A_call_whose_actor_fails_while_it_waits_is_answered_once_and_its_late_reply_is_dropped()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        TestProbe requester = await scenario.SuspendByMessageAsync();
        SentFrame sent = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainSuspend);
        IActorRef actor = scenario.Living<CallActor>();

        // There is no reply in it.
        actor.Tell(new CallOutcome(null!, null!));

        await scenario.Kit.ExpectStoppedAsync(actor);
        InvalidOperationException error = await requester.ExpectOneFailureAsync<InvalidOperationException>(scenario.Kit);
        Assert.Contains("The actor of the call", error.Message, StringComparison.Ordinal);
        await scenario.Daemon.ReplyAsync(sent, XdrVoid.Value);
        await requester.ExpectNothingMoreAsync(scenario.Kit);
        await ExpectNextCallIsAnsweredAsync(scenario);
    }

    [Fact]
    public async Task A_call_whose_actor_fails_does_not_affect_the_calls_beside_it()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<ulong> asked = scenario.AskVersionAsync();
        SentFrame first = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        TestProbe requester = await scenario.SuspendByMessageAsync();
        SentFrame second = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainSuspend);
        IActorRef survivor = scenario.Living<CallActor>();
        TestProbe other = await scenario.SuspendByMessageAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainSuspend);
        IActorRef failing = scenario.LivingOf<CallActor>().Single(actor => !actor.Equals(survivor));

        failing.Tell(new CallOutcome(null!, null!));

        await other.ExpectOneFailureAsync<InvalidOperationException>(scenario.Kit);
        await scenario.Daemon.ReplyAsync(second, XdrVoid.Value);
        await scenario.Daemon.ReplyAsync(first, new ConnectGetLibVersionRet { LibVer = 7 });
        await requester.ExpectMsgAsync<CallReply<XdrVoid>>();
        Assert.Equal(7ul, await asked.InTimeAsync("The call beside it"));
        await ExpectNextCallIsAnsweredAsync(scenario);
    }

    [Fact]
    public async Task A_call_whose_actor_fails_after_its_PostStop_has_been_answered()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        scenario.Failing.FailNext<CallActor>(LifePhase.PostStop);

        await ExpectNextCallIsAnsweredAsync(scenario);
    }

    private static async Task ExpectNextCallIsAnsweredAsync(SupervisionScenario scenario)
    {
        // What the daemon was sent before is not of interest.
        await scenario.Kit.SettleAsync();
        while (scenario.Daemon.HasUnreadBytes())
            await scenario.Daemon.NextFrameAsync();
        TestProbe requester = await scenario.SuspendByMessageAsync();
        await scenario.Daemon.ReplyAsync(await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainSuspend).InTimeAsync("The call's way"), XdrVoid.Value);

        await requester.ExpectMsgAsync<CallReply<XdrVoid>>();
        await requester.ExpectNothingMoreAsync(scenario.Kit);
        Assert.Empty(scenario.LivingOf<CallActor>());
        Assert.Single(scenario.LivingOf<ConnectionActor>());
        await scenario.EndsCleanlyAsync();
    }
}
