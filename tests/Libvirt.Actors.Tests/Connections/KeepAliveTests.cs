using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Connections;

public sealed class KeepAliveTests
{
    private static readonly HypervisorOptions EveryTwoSeconds = new() { KeepAliveInterval = TimeSpan.FromSeconds(2), KeepAliveCount = 3 };

    private static readonly MessageHeader Ping =
        new(KeepAliveProgram.Number, KeepAliveProgram.Version, (int)KeepAliveProcedure.Ping, MessageType.Message, 0, MessageStatus.Ok);

    [Fact]
    public async Task A_ping_is_answered_with_a_pong()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        await scenario.Daemon.SendAsync(Ping, XdrVoid.Value);
        SentFrame? pong = await scenario.Daemon.NextFrameAsync();

        Assert.Equal(Ping with { Procedure = (int)KeepAliveProcedure.Pong }, pong!.Header);
        Assert.Empty(pong.Payload);
    }

    [Fact]
    public async Task Pings_are_answered_while_the_window_is_full_of_slow_calls()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(new HypervisorOptions { MaxInFlight = 2 });

        Task slow = scenario.AskVersionAsync();
        Task queued = scenario.AskVersionAsync();
        await scenario.Daemon.NextFrameAsync();
        await scenario.Daemon.SendAsync(Ping, XdrVoid.Value);

        Assert.Equal((int)KeepAliveProcedure.Pong, (await scenario.Daemon.NextFrameAsync())!.Header.Procedure);
        Assert.False(slow.IsCompleted || queued.IsCompleted);
    }

    [Fact]
    public async Task Silence_is_pinged_and_any_packet_ends_the_count()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(EveryTwoSeconds);

        for (int round = 0; round < 5; round++)
        {
            for (int ping = 0; ping < 2; ping++)
            {
                await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(2));
                Assert.Equal(Ping, (await scenario.Daemon.NextFrameAsync())!.Header);
            }

            // The answer to a call comes behind the pong, so when it is here the pong has been heard.
            await scenario.Daemon.SendAsync(Ping with { Procedure = (int)KeepAliveProcedure.Pong }, XdrVoid.Value);
            Task<ulong> asked = scenario.AskVersionAsync();
            await scenario.AnswerVersionAsync(1);
            await asked;
        }

        Assert.IsType<HypervisorState.Ready>(scenario.Hypervisor.State);
    }

    [Fact]
    public async Task A_daemon_that_answers_no_ping_is_dead_and_every_call_learns_whether_it_was_sent()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(EveryTwoSeconds with { MaxInFlight = 2 });

        Task<ulong> sent = scenario.AskVersionAsync(new CallOptions(Timeout.InfiniteTimeSpan));
        Task<ulong> queued = scenario.AskVersionAsync(new CallOptions(Timeout.InfiniteTimeSpan));
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(6) - TimeSpan.FromMilliseconds(1));
        Assert.False(sent.IsCompleted || queued.IsCompleted);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromMilliseconds(1));

        LibvirtConnectionLostException lost = await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => sent);
        Assert.True(lost.Sent);
        Assert.IsType<TimeoutException>(lost.InnerException);
        Assert.False((await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => queued)).Sent);
        Assert.True(scenario.Daemon.Client.IsDisposed);
        await scenario.ReachAsync<HypervisorState.Closed>();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Silence_of_interval_times_count_after_the_last_packet_is_death(int count)
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(EveryTwoSeconds with { KeepAliveCount = count });

        // The last sign of life comes in the midst of an interval.
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(0.7));
        Task<ulong> asked = scenario.AskVersionAsync();
        await scenario.AnswerVersionAsync(1);
        await asked;
        await scenario.Kit.AdvanceAsync((2 * count * TimeSpan.FromSeconds(1)) - TimeSpan.FromMilliseconds(1));
        Assert.IsType<HypervisorState.Ready>(scenario.Hypervisor.State);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromMilliseconds(1));

        Assert.IsType<TimeoutException>((await scenario.ReachAsync<HypervisorState.Closed>()).Reason);
        for (int ping = 0; ping < Math.Max(1, count - 1); ping++)
            Assert.Equal(Ping, (await scenario.Daemon.NextFrameAsync())!.Header);
    }

    [Fact]
    public async Task A_daemon_that_reads_nothing_any_more_is_dead_though_no_ping_can_leave()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(EveryTwoSeconds, daemon: new ScriptedDaemon(clientSendBuffer: 4096));
        DomainLookupByNameArgs large = new() { Name = new string('n', 100_000) };

        Task<DomainLookupByNameRet> asked = scenario.Hypervisor.Calls.CallAsync(
            RemoteProcedures.DomainLookupByName, large, new CallOptions(Timeout.InfiniteTimeSpan)).AsTask();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(6));

        LibvirtConnectionLostException lost = await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => asked);
        Assert.IsType<TimeoutException>(lost.InnerException);
        Assert.True(scenario.Daemon.Client.IsDisposed);
    }

    [Fact]
    public async Task A_daemon_that_pings_and_never_reads_is_owed_one_ping_and_one_pong_and_holds_no_call_past_its_time()
    {
        const int Rounds = 10;
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(
            EveryTwoSeconds with { MaxInFlight = 2 * Rounds }, daemon: new ScriptedDaemon(clientSendBuffer: 4096));
        List<(Task<ulong> Asked, SentFrame Call)> sent = [];
        for (int round = 0; round < Rounds; round++)
            sent.Add((scenario.AskVersionAsync(new CallOptions(Timeout.InfiniteTimeSpan)),
                await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion)));
        DomainLookupByNameArgs large = new() { Name = new string('n', 100_000) };
        Task<DomainLookupByNameRet> blocking = scenario.Hypervisor.Calls.CallAsync(
            RemoteProcedures.DomainLookupByName, large, new CallOptions(TimeSpan.FromSeconds(3))).AsTask();

        foreach ((Task<ulong> asked, SentFrame call) in sent)
        {
            await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(2));
            for (int ping = 0; ping < 100; ping++)
                await scenario.Daemon.SendAsync(Ping, XdrVoid.Value);
            // When its answer is here, the pings before it have been heard.
            await scenario.Daemon.ReplyAsync(call, new ConnectGetLibVersionRet { LibVer = 1 });
            await asked;
        }

        await Assert.ThrowsAsync<LibvirtTimeoutException>(() => blocking);
        Assert.IsType<HypervisorState.Ready>(scenario.Hypervisor.State);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainLookupByName);
        Assert.Equal(Ping, (await scenario.Daemon.NextFrameAsync())!.Header);
        Assert.Equal(Ping with { Procedure = (int)KeepAliveProcedure.Pong }, (await scenario.Daemon.NextFrameAsync())!.Header);
        Task<ulong> next = scenario.AskVersionAsync();
        await scenario.AnswerVersionAsync(2);
        Assert.Equal(2ul, await next);
    }
}
