using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Hypervisors;

public sealed class HeldCallTests
{
    private static readonly DomainDestroyArgs SomeDomain = new() { Dom = new RemoteDomain("test", Guid.Empty, 1) };

    [Fact]
    public async Task A_call_that_reads_goes_on_with_the_next_connection()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);

        Task<ulong> asked = scenario.AskVersionAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        ScriptedDaemon next = await LoseAndComeBackAsync(scenario, host);
        SentFrame again = await next.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        await next.ReplyAsync(again, new ConnectGetLibVersionRet { LibVer = 8 });

        Assert.Equal(8ul, await asked);
    }

    [Fact]
    public async Task A_call_that_changes_something_is_never_repeated()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, ConnectedScenario.Steady with { MaxInFlight = 2 });

        Task sent = scenario.Hypervisor.Calls.CallAsync(RemoteProcedures.DomainDestroy, SomeDomain).AsTask();
        Task queued = scenario.Hypervisor.Calls.CallAsync(RemoteProcedures.DomainDestroy, SomeDomain).AsTask();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainDestroy);
        ScriptedDaemon next = await LoseAndComeBackAsync(scenario, host);

        Assert.True((await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => sent)).Sent);
        Assert.False((await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => queued)).Sent);
        await scenario.Kit.SettleAsync();
        Assert.False(next.HasUnreadBytes());
    }

    [Fact]
    public async Task A_call_that_reads_is_not_repeated_where_the_setting_forbids_it()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, ConnectedScenario.Steady with { RetryReads = false });

        Task<ulong> asked = scenario.AskVersionAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        scenario.Daemon.Close();

        Assert.True((await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => asked)).Sent);
    }

    [Fact]
    public async Task The_callers_deadline_holds_across_a_reconnect()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);

        Task<ulong> asked = scenario.AskVersionAsync(new CallOptions(TimeSpan.FromSeconds(3)));
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        ScriptedDaemon next = await LoseAndComeBackAsync(scenario, host);
        await next.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(0.9));
        Assert.False(asked.IsCompleted);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(0.2));

        Assert.True((await Assert.ThrowsAsync<LibvirtTimeoutException>(() => asked)).Sent);
    }

    [Fact]
    public async Task The_callers_deadline_holds_while_there_is_no_connection()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);

        Task<ulong> asked = scenario.AskVersionAsync(new CallOptions(TimeSpan.FromSeconds(0.5)));
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(0.6));

        await Assert.ThrowsAsync<LibvirtTimeoutException>(() => asked);
    }

    [Fact]
    public async Task A_call_made_while_there_is_no_connection_waits_for_one()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);

        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        Task destroying = scenario.Hypervisor.Calls.CallAsync(RemoteProcedures.DomainDestroy, SomeDomain).AsTask();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        ScriptedDaemon next = await host.NextAttemptAsync();
        await next.PlayHandshakeAsync();
        await next.ReplyAsync(await next.ExpectCallAsync(RemoteProcedures.DomainDestroy), XdrVoid.Value);

        await destroying;
    }

    [Fact]
    public async Task A_call_waits_for_a_connection_no_longer_than_the_setting()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, ConnectedScenario.Steady with { ReadyTimeout = TimeSpan.FromSeconds(4) });
        LibvirtConnectException refused = new(ConnectFailure.Refused, "Nobody listens.");
        host.Refuse(refused);

        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        Task<ulong> asked = scenario.AskVersionAsync();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(3.9));
        Assert.False(asked.IsCompleted);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(0.2));

        LibvirtConnectionLostException lost = await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => asked);
        Assert.False(lost.Sent);
        Assert.Same(refused, lost.InnerException);
    }

    [Fact]
    public async Task A_call_fails_at_once_where_it_may_not_wait_for_a_connection()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, ConnectedScenario.Steady with { ReadyTimeout = TimeSpan.Zero });

        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();

        Assert.IsType<EndOfStreamException>((await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => scenario.AskVersionAsync())).InnerException);
    }

    [Fact]
    public async Task A_held_call_that_is_cancelled_is_not_sent_later()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        using CancellationTokenSource cancel = new();

        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        Task<ulong> asked = scenario.AskVersionAsync(cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        ScriptedDaemon next = await host.NextAttemptAsync();
        await next.PlayHandshakeAsync();
        await scenario.ReachAsync<HypervisorState.Ready>();

        await scenario.Kit.SettleAsync();
        Assert.False(next.HasUnreadBytes());
    }

    [Fact]
    public async Task Held_calls_end_with_the_hypervisor()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);

        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        Task<ulong> asked = scenario.AskVersionAsync();
        await scenario.Kit.SettleAsync();
        await scenario.Hypervisor.DisposeAsync();

        await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => asked);
    }

    private static async Task<ScriptedDaemon> LoseAndComeBackAsync(ConnectedScenario scenario, ScriptedHost host)
    {
        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        ScriptedDaemon next = await host.NextAttemptAsync();
        await next.PlayHandshakeAsync();
        await scenario.ReachAsync<HypervisorState.Ready>();
        return next;
    }
}
