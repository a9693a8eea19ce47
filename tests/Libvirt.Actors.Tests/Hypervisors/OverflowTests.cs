using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;
using Akka.Event;

namespace Libvirt.Tests.Hypervisors;

public sealed class OverflowTests
{
    private static readonly HypervisorOptions Narrow = ConnectedScenario.Steady with
    {
        MaxInFlight = 3,
        MaxConnections = 2,
        SlowCallAfter = TimeSpan.FromSeconds(1),
        ExtraConnectionIdle = TimeSpan.FromSeconds(30),
        KeepAliveInterval = TimeSpan.FromMinutes(10),
        ReadTimeout = TimeSpan.FromMinutes(5),
    };

    [Fact]
    public async Task Calls_that_would_wait_behind_stuck_ones_go_to_a_further_connection()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Narrow);

        (Task stuck, Task<ulong> quick) = await GetStuckAsync(scenario);
        ScriptedDaemon second = await host.NextAttemptAsync();
        await second.PlayHandshakeAsync();
        await second.ReplyAsync(await second.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion), new ConnectGetLibVersionRet { LibVer = 9 });
        Assert.Equal(9ul, await quick);

        Task<ulong> another = scenario.AskVersionAsync();
        await second.ReplyAsync(await second.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion), new ConnectGetLibVersionRet { LibVer = 10 });
        Assert.Equal(10ul, await another);
        Assert.False(stuck.IsCompleted);
    }

    [Fact]
    public async Task A_further_connection_closes_when_nobody_has_needed_it_for_a_while_and_is_made_again_when_needed()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Narrow);

        (_, Task<ulong> quick) = await GetStuckAsync(scenario);
        ScriptedDaemon second = await host.NextAttemptAsync();
        await second.PlayHandshakeAsync();
        await second.ReplyAsync(await second.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion), new ConnectGetLibVersionRet { LibVer = 9 });
        await quick;
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(30));
        await second.ReplyAsync(await second.ExpectCallAsync(RemoteProcedures.ConnectClose), XdrVoid.Value);
        Assert.Null(await second.NextFrameAsync());

        Task<ulong> another = scenario.AskVersionAsync();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        ScriptedDaemon third = await host.NextAttemptAsync();
        await third.PlayHandshakeAsync();
        await third.ReplyAsync(await third.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion), new ConnectGetLibVersionRet { LibVer = 10 });
        Assert.Equal(10ul, await another);
    }

    [Fact]
    public async Task A_call_that_comes_while_a_further_connection_takes_its_leave_is_carried_out_all_the_same()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Narrow);

        (_, Task<ulong> quick) = await GetStuckAsync(scenario);
        ScriptedDaemon second = await host.NextAttemptAsync();
        await second.PlayHandshakeAsync();
        await second.ReplyAsync(await second.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion), new ConnectGetLibVersionRet { LibVer = 9 });
        await quick;
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(30));
        SentFrame goodbye = await second.ExpectCallAsync(RemoteProcedures.ConnectClose);

        Task<ulong> another = scenario.AskVersionAsync();
        await scenario.Kit.SettleAsync();
        Assert.False(another.IsCompleted, another.Exception?.Message);
        await second.ReplyAsync(goodbye, XdrVoid.Value);
        Assert.Null(await second.NextFrameAsync());
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        ScriptedDaemon third = await host.NextAttemptAsync();
        await third.PlayHandshakeAsync();
        await third.ReplyAsync(await third.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion), new ConnectGetLibVersionRet { LibVer = 10 });

        Assert.Equal(10ul, await another);
    }

    [Fact]
    public async Task Calls_named_as_slow_go_to_a_further_connection_at_once_and_the_first_of_them_has_it_opened()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(
            host, Narrow with { SlowProcedures = ProcedureSet.Of(RemoteProcedures.ConnectGetHostname) });

        ValueTask<ConnectGetHostnameRet> first = scenario.Hypervisor.Remote.ConnectGetHostnameAsync();
        SentFrame onTheFirst = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetHostname);
        ScriptedDaemon second = await host.NextAttemptAsync();
        await second.PlayHandshakeAsync();
        await scenario.Kit.Logs.ExpectAsync(LogLevel.InfoLevel, record => record.EventId == 1001);
        await scenario.Kit.Logs.ExpectAsync(LogLevel.InfoLevel, record => record.EventId == 1001);
        await scenario.Kit.SettleAsync();
        ValueTask<ConnectGetHostnameRet>[] others = [.. Enumerable.Range(0, 4).Select(_ => scenario.Hypervisor.Remote.ConnectGetHostnameAsync())];
        Task<ulong> quick = scenario.AskVersionAsync();
        await scenario.AnswerVersionAsync(7);

        Assert.Equal(7ul, await quick);
        await scenario.Daemon.ReplyAsync(onTheFirst, new ConnectGetHostnameRet { Hostname = "first" });
        Assert.Equal("first", (await first).Hostname);
        foreach (ValueTask<ConnectGetHostnameRet> other in others)
        {
            await second.ReplyAsync(await second.ExpectCallAsync(RemoteProcedures.ConnectGetHostname), new ConnectGetHostnameRet { Hostname = "second" });
            Assert.Equal("second", (await other).Hostname);
        }

        Assert.Equal(2, host.Attempts);
    }

    [Fact]
    public async Task No_more_connections_are_made_than_allowed()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Narrow with { MaxConnections = 1 });

        (_, Task<ulong> quick) = await GetStuckAsync(scenario);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(1, host.Attempts);
        Assert.False(quick.IsCompleted);
    }

    [Fact]
    public async Task Many_quick_calls_need_no_further_connection()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Narrow);

        Task<ulong>[] calls = [.. Enumerable.Range(0, 20).Select(_ => scenario.AskVersionAsync())];
        for (int i = 0; i < 20; i++)
        {
            await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(0.3));
            await scenario.AnswerVersionAsync((ulong)i);
            // Before time goes on: an answer that is on its way would grow old.
            Assert.Equal((ulong)i, await calls[i]);
        }

        Assert.Equal(1, host.Attempts);
    }

    [Fact]
    public async Task A_further_connection_that_is_lost_takes_no_call_that_reads_with_it()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Narrow);

        (_, Task<ulong> quick) = await GetStuckAsync(scenario);
        ScriptedDaemon second = await host.NextAttemptAsync();
        await second.PlayHandshakeAsync();
        await second.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        second.Close();
        Task<ScriptedDaemon> attempt = host.NextAttemptAsync();
        while (!attempt.IsCompleted)
        {
            await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(0.5));
            await Task.Yield();
        }

        ScriptedDaemon third = await attempt;
        await third.PlayHandshakeAsync();
        await third.ReplyAsync(await third.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion), new ConnectGetLibVersionRet { LibVer = 9 });

        Assert.Equal(9ul, await quick);
        Assert.IsType<HypervisorState.Ready>(scenario.Hypervisor.State);
    }

    private static async Task<(Task Stuck, Task<ulong> Quick)> GetStuckAsync(ConnectedScenario scenario)
    {
        DomainGetInfoArgs hung = new() { Dom = new RemoteDomain("hung", Guid.Empty, 1) };
        Task stuck = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => scenario.Hypervisor.Calls.CallAsync(RemoteProcedures.DomainGetInfo, hung).AsTask()));
        Task<ulong> quick = scenario.AskVersionAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainGetInfo);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainGetInfo);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        return (stuck, quick);
    }
}
