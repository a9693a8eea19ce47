using Libvirt.Events;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Events;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Hypervisors;

/// <summary>A daemon that is itself the client of another one, as virtproxyd is, and loses it: it keeps our connection open and serves nothing on it any more.</summary>
public sealed class BrokenProxyTests
{
    private static readonly DomainDestroyArgs SomeDomain = new() { Dom = new RemoteDomain("test", Guid.Empty, 1) };

    [Fact]
    public async Task A_call_that_reads_goes_on_with_the_next_connection()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);

        Task<ulong> asked = scenario.AskVersionAsync();
        await ReplyBrokenAsync(scenario.Daemon, await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion));
        HypervisorState.Backoff backoff = await scenario.ReachAsync<HypervisorState.Backoff>();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        ScriptedDaemon next = await host.NextAttemptAsync();
        await next.PlayHandshakeAsync();
        await next.ReplyAsync(await next.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion), new ConnectGetLibVersionRet { LibVer = 8 });

        Assert.Equal(8ul, await asked);
        Assert.Contains("has lost the one behind it: ", backoff.Reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_repetition_the_call_is_told_that_the_connection_is_lost()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, ConnectedScenario.Steady with { RetryReads = false });

        Task<ulong> asked = scenario.AskVersionAsync();
        await ReplyBrokenAsync(scenario.Daemon, await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion));

        LibvirtConnectionLostException lost = await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => asked);
        Assert.Contains("client socket is closed", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_changes_something_gets_the_daemons_own_error_and_the_connection_stays()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);

        Task destroyed = scenario.Hypervisor.Calls.CallAsync(RemoteProcedures.DomainDestroy, SomeDomain).AsTask();
        await ReplyBrokenAsync(scenario.Daemon, await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainDestroy));

        Assert.Equal(ErrorDomain.Rpc, (await Assert.ThrowsAsync<LibvirtRemoteException>(() => destroyed)).Domain);
        Task<ulong> asked = scenario.AskVersionAsync();
        await scenario.AnswerVersionAsync(8);
        Assert.Equal(8ul, await asked);
    }

    [Fact]
    public async Task Whoever_asked_to_be_told_is_told_and_hears_more_on_the_next_connection()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        Task<EventSubscription<ConnectionClosedEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(ConnectionEvents.Closed).AsTask();
        await RegisterAsync(scenario.Daemon);
        await using EventSubscription<ConnectionClosedEvent> closed = await subscribing;
        await using IAsyncEnumerator<EventNotice<ConnectionClosedEvent>> notices = closed.GetAsyncEnumerator();

        await scenario.Daemon.SendAsync(
            EventScenario.Event(RemoteEvents.ConnectEventConnectionClosed), new ConnectEventConnectionClosedMsg { Reason = (int)ConnectCloseReason.Eof });

        Assert.Equal(ConnectCloseReason.Eof, (await notices.NextAsync()).Event!.Reason);
        await scenario.ReachAsync<HypervisorState.Backoff>();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        ScriptedDaemon next = await host.NextAttemptAsync();
        await next.PlayHandshakeAsync();
        await RegisterAsync(next);
        Assert.NotNull((await notices.NextAsync()).Gap);
    }

    [Fact]
    public async Task While_the_other_daemon_is_away_attempts_go_on()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host);
        scenario.Daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));

        ScriptedDaemon next = await host.NextAttemptAsync();
        await next.ReplyAsync(await next.ExpectCallAsync(RemoteProcedures.AuthList), new AuthListRet { Types = [] });
        await next.ReplyAsync(await next.ExpectCallAsync(RemoteProcedures.ConnectSupportsFeature), new ConnectSupportsFeatureRet { Supported = 1 });
        await next.ReplyErrorAsync(
            await next.ExpectCallAsync(RemoteProcedures.ConnectOpen), ErrorNumber.SystemError, ErrorDomain.Rpc,
            "Failed to connect socket to '/run/libvirt/virtqemud-sock': Connection refused");

        HypervisorState.Backoff backoff = await scenario.ReachAsync<HypervisorState.Backoff>();
        while (backoff.Attempt < 2)
            backoff = await scenario.ReachAsync<HypervisorState.Backoff>();
        LibvirtConnectException reason = Assert.IsType<LibvirtConnectException>(backoff.Reason);
        Assert.Equal((ConnectFailure.Unreachable, true), (reason.Reason, reason.IsTransient));
        Assert.Contains("virtqemud-sock", reason.Message, StringComparison.Ordinal);
    }

    private static Task ReplyBrokenAsync(ScriptedDaemon daemon, SentFrame call) =>
        daemon.ReplyErrorAsync(call, ErrorNumber.InternalError, ErrorDomain.Rpc, "internal error: client socket is closed");

    private static async Task RegisterAsync(ScriptedDaemon daemon)
    {
        await daemon.AnswerFeatureAsync(true);
        await daemon.ReplyAsync(await daemon.ExpectCallAsync(RemoteProcedures.ConnectRegisterCloseCallback), XdrVoid.Value);
    }
}
