using Akka.Actor;
using Libvirt.Connections;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Supervision;

/// <summary>A connection that relieves a stuck one fails.</summary>
public sealed class OverflowConnectionTests
{
    // The second connection of a hypervisor; the main one is the first.
    private const string Overflow = "connection-2";

    private static readonly HypervisorOptions Narrow = SupervisionScenario.Options with
    {
        MaxInFlight = 3,
        MaxConnections = 2,
        SlowCallAfter = TimeSpan.FromSeconds(1),
    };

    [Theory]
    [InlineData(LifePhase.Constructor)]
    [InlineData(LifePhase.PreStart)]
    public async Task An_overflow_connection_that_fails_as_it_is_created_is_requested_again(LifePhase phase)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync(Narrow);
        scenario.Failing.FailNext<ConnectionActor>(phase, Overflow);
        (Task[] stuck, Task<ulong> quick) = await GetStuckAsync(scenario);
        Assert.True(scenario.Failing.AllHaveFailed);
        Assert.Single(scenario.LivingOf<ConnectionActor>());
        if (phase == LifePhase.PreStart)
            Assert.True((await scenario.Host.NextAttemptAsync()).Client.IsDisposed);

        await scenario.Kit.AdvanceAsync(Narrow.SlowCallAfter);
        await AnswerAsync(await scenario.AcceptAsync(), 9);

        Assert.Equal(9ul, await quick.InTimeAsync("The quick call"));
        Assert.IsType<HypervisorState.Ready>(scenario.Hypervisor.State);
        await EndAsync(scenario, stuck);
    }

    [Fact]
    public async Task An_overflow_connection_that_fails_while_it_receives_returns_calls_that_read_and_fails_the_others()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync(Narrow);
        (Task[] stuck, Task<ulong> quick) = await GetStuckAsync(scenario);
        ScriptedDaemon second = await scenario.AcceptAsync();
        await second.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        Task changing = scenario.SuspendAsync();
        await second.ExpectCallAsync(RemoteProcedures.DomainSuspend);
        IActorRef overflow = scenario.Living<ConnectionActor>(Overflow);

        overflow.Tell(new TransportConnected(null!));

        await scenario.Kit.ExpectStoppedAsync(overflow);
        Assert.True(second.Client.IsDisposed);
        LibvirtConnectionLostException error = await changing.FailsInTimeAsync<LibvirtConnectionLostException>("The changing call");
        Assert.True(error.Sent);
        Assert.IsType<NullReferenceException>(error.InnerException);
        await scenario.Kit.AdvanceAsync(Narrow.SlowCallAfter);
        await AnswerAsync(await scenario.AcceptAsync(), 9);
        Assert.Equal(9ul, await quick.InTimeAsync("The quick call"));
        Assert.IsType<HypervisorState.Ready>(scenario.Hypervisor.State);
        await EndAsync(scenario, stuck);
    }

    [Fact]
    public async Task An_overflow_connection_that_fails_after_its_PostStop_does_not_affect_the_main_connection()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync(Narrow);
        (Task[] stuck, Task<ulong> quick) = await GetStuckAsync(scenario);
        ScriptedDaemon second = await scenario.AcceptAsync();
        await AnswerAsync(second, 9);
        await quick.InTimeAsync("The quick call");
        scenario.Failing.FailNext<ConnectionActor>(LifePhase.PostStop, Overflow);
        IActorRef overflow = scenario.Living<ConnectionActor>(Overflow);

        second.Close();

        await scenario.Kit.ExpectStoppedAsync(overflow);
        Assert.IsType<HypervisorState.Ready>(scenario.Hypervisor.State);
        Assert.Single(scenario.LivingOf<ConnectionActor>());
        await EndAsync(scenario, stuck);
    }

    /// <summary>Given: every place of the main connection's window is held by a slow call, and a quick call waits behind them.</summary>
    private static async Task<(Task[] Stuck, Task<ulong> Quick)> GetStuckAsync(SupervisionScenario scenario)
    {
        DomainGetInfoArgs hung = new() { Dom = new RemoteDomain("hung", Guid.Empty, 1) };
        Task[] stuck = [.. Enumerable.Range(0, 2).Select(_ => scenario.Hypervisor.Calls.CallAsync(RemoteProcedures.DomainGetInfo, hung).AsTask())];
        Task<ulong> quick = scenario.AskVersionAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainGetInfo);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainGetInfo);
        await scenario.Kit.AdvanceAsync(Narrow.SlowCallAfter);
        return (stuck, quick);
    }

    private static async Task AnswerAsync(ScriptedDaemon daemon, ulong version)
    {
        SentFrame call = await daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion).InTimeAsync("The call's way to the daemon");
        await daemon.ReplyAsync(call, new ConnectGetLibVersionRet { LibVer = version });
    }

    private static async Task EndAsync(SupervisionScenario scenario, Task[] stuck)
    {
        Assert.All(stuck, static call => Assert.False(call.IsCompleted));
        await scenario.EndsCleanlyAsync();
        foreach (Task call in stuck)
            await call.FailsInTimeAsync<LibvirtConnectionLostException>("A stuck call");
    }
}
