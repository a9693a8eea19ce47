using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Connection;

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
            await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(2));
            for (int ping = 0; ping < 3; ping++)
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
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(9));
        Assert.False(sent.IsCompleted || queued.IsCompleted);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(2));

        LibvirtConnectionLostException lost = await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => sent);
        Assert.True(lost.Sent);
        Assert.IsType<TimeoutException>(lost.InnerException);
        Assert.False((await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => queued)).Sent);
        Assert.True(scenario.Daemon.Client.IsDisposed);
        await scenario.ReachAsync<HypervisorState.Closed>();
    }
}
