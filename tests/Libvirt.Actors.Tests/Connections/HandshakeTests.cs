using Libvirt.TestKit;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Connections;

public sealed class HandshakeTests
{
    [Fact]
    public async Task The_handshake_asks_for_authentication_then_keepalive_then_opens_the_driver_with_its_flags()
    {
        await using Attempt attempt = new("test:///default", new HypervisorOptions { ReadOnly = true });

        SentFrame list = await attempt.Daemon.ExpectCallAsync(RemoteProcedures.AuthList);
        await attempt.Daemon.ReplyAsync(list, new AuthListRet { Types = [RemoteAuthType.None] });
        SentFrame feature = await attempt.Daemon.ExpectCallAsync(RemoteProcedures.ConnectSupportsFeature);
        await attempt.Daemon.ReplyAsync(feature, new ConnectSupportsFeatureRet { Supported = 1 });
        SentFrame open = await attempt.Daemon.ExpectCallAsync(RemoteProcedures.ConnectOpen);
        await attempt.Daemon.ReplyAsync(open, XdrVoid.Value);
        await using Hypervisor hypervisor = await attempt.Hypervisor;

        Assert.Equal(10, feature.Read<ConnectSupportsFeatureArgs>().Feature);
        Assert.Equal("test:///default", open.Read<ConnectOpenArgs>().Name);
        Assert.Equal(1u, open.Read<ConnectOpenArgs>().Flags);
        Assert.IsType<HypervisorState.Ready>(hypervisor.State);
        _ = CloseAsync(attempt.Daemon);
    }

    [Fact]
    public async Task The_driver_that_the_daemon_shall_choose_is_opened_by_an_empty_name()
    {
        await using Attempt attempt = new("remote:///", new HypervisorOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });

        await attempt.Daemon.ReplyAsync(await attempt.Daemon.ExpectCallAsync(RemoteProcedures.AuthList), new AuthListRet { Types = [] });
        SentFrame open = await attempt.Daemon.ExpectCallAsync(RemoteProcedures.ConnectOpen);

        Assert.Equal("", open.Read<ConnectOpenArgs>().Name);
        attempt.Daemon.Close();
        await Assert.ThrowsAsync<LibvirtConnectException>(() => attempt.Hypervisor);
    }

    [Fact]
    public async Task Polkit_is_asked_where_the_daemon_offers_it()
    {
        await using Attempt attempt = new();

        await attempt.Daemon.ReplyAsync(
            await attempt.Daemon.ExpectCallAsync(RemoteProcedures.AuthList), new AuthListRet { Types = [RemoteAuthType.Polkit] });
        await attempt.Daemon.ReplyAsync(await attempt.Daemon.ExpectCallAsync(RemoteProcedures.AuthPolkit), new AuthPolkitRet { Complete = 1 });
        await attempt.Daemon.ExpectCallAsync(RemoteProcedures.ConnectSupportsFeature);

        attempt.Daemon.Close();
        await Assert.ThrowsAsync<LibvirtConnectException>(() => attempt.Hypervisor);
    }

    [Fact]
    public async Task A_denial_by_polkit_is_an_authentication_failure_with_the_daemons_words()
    {
        await using Attempt attempt = new();

        await attempt.Daemon.ReplyAsync(
            await attempt.Daemon.ExpectCallAsync(RemoteProcedures.AuthList), new AuthListRet { Types = [RemoteAuthType.Polkit] });
        await attempt.Daemon.ReplyErrorAsync(
            await attempt.Daemon.ExpectCallAsync(RemoteProcedures.AuthPolkit), ErrorNumber.AuthFailed, ErrorDomain.Rpc, "access denied by policy");

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => attempt.Hypervisor);
        Assert.Equal(ConnectFailure.AuthenticationFailed, error.Reason);
        Assert.Contains("access denied by policy", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task A_daemon_that_offers_only_what_we_do_not_have_is_told_from_one_that_refuses_us()
    {
        await using Attempt attempt = new();

        await attempt.Daemon.ReplyAsync(
            await attempt.Daemon.ExpectCallAsync(RemoteProcedures.AuthList), new AuthListRet { Types = [RemoteAuthType.Sasl] });
        await attempt.Daemon.ReplyAsync(
            await attempt.Daemon.ExpectCallAsync(RemoteProcedures.AuthSaslInit), new AuthSaslInitRet { MechanismList = "DIGEST-MD5,ANONYMOUS" });

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => attempt.Hypervisor);
        Assert.Equal(ConnectFailure.AuthenticationUnsupported, error.Reason);
        Assert.Contains("DIGEST-MD5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_driver_that_the_daemon_does_not_have_is_reported_with_its_words()
    {
        await using Attempt attempt = new("vbox:///session", new HypervisorOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });

        await attempt.Daemon.ReplyAsync(await attempt.Daemon.ExpectCallAsync(RemoteProcedures.AuthList), new AuthListRet { Types = [] });
        await attempt.Daemon.ReplyErrorAsync(
            await attempt.Daemon.ExpectCallAsync(RemoteProcedures.ConnectOpen), ErrorNumber.NoConnect, ErrorDomain.None, "no connection driver available");

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => attempt.Hypervisor);
        Assert.Equal(ConnectFailure.DaemonRefused, error.Reason);
        Assert.Contains("no connection driver available", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_daemon_that_hangs_up_during_the_handshake_is_a_lost_attempt()
    {
        await using Attempt attempt = new();

        await attempt.Daemon.ExpectCallAsync(RemoteProcedures.AuthList);
        attempt.Daemon.Close();

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => attempt.Hypervisor);
        Assert.Equal(ConnectFailure.Lost, error.Reason);
        Assert.True(error.IsTransient);
        Assert.True(attempt.Daemon.Client.IsDisposed);
    }

    [Fact]
    public async Task A_daemon_that_never_answers_is_given_up_after_the_connect_timeout()
    {
        await using Attempt attempt = new("test:///default", new HypervisorOptions { ConnectTimeout = TimeSpan.FromSeconds(7) });

        await attempt.Daemon.ExpectCallAsync(RemoteProcedures.AuthList);
        await attempt.Kit.AdvanceAsync(TimeSpan.FromSeconds(6.9));
        Assert.False(attempt.Hypervisor.IsCompleted);
        await attempt.Kit.AdvanceAsync(TimeSpan.FromSeconds(0.2));

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => attempt.Hypervisor);
        Assert.Equal(ConnectFailure.TimedOut, error.Reason);
        Assert.True(attempt.Daemon.Client.IsDisposed);
    }

    [Fact]
    public async Task Something_that_is_no_libvirt_daemon_is_recognised()
    {
        await using Attempt attempt = new();

        await attempt.Daemon.ExpectCallAsync(RemoteProcedures.AuthList);
        await attempt.Daemon.SendBytesAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray());

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => attempt.Hypervisor);
        Assert.Equal(ConnectFailure.Protocol, error.Reason);
    }

    [Fact]
    public async Task A_cancelled_attempt_leaves_no_socket_and_no_actor_behind()
    {
        using CancellationTokenSource cancel = new();
        await using Attempt attempt = new(cancellationToken: cancel.Token);

        await attempt.Daemon.ExpectCallAsync(RemoteProcedures.AuthList);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt.Hypervisor);
        Assert.True(attempt.Daemon.Client.IsDisposed);
        Assert.Equal(1, ActorTree.CountLivingActors(attempt.Kit.System));
    }

    [Fact]
    public async Task A_daemon_from_before_keepalive_is_served_without_it()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(keepAlive: false);

        await scenario.Kit.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.False(scenario.Daemon.HasUnreadBytes());
        Assert.IsType<HypervisorState.Ready>(scenario.Hypervisor.State);
    }

    private static async Task CloseAsync(ScriptedDaemon daemon) =>
        await daemon.ReplyAsync(await daemon.ExpectCallAsync(RemoteProcedures.ConnectClose), XdrVoid.Value);

    private sealed class Attempt : IAsyncDisposable
    {
        private readonly LibvirtRuntime _runtime;

        public Attempt(string uri = "test:///default", HypervisorOptions? options = null, CancellationToken cancellationToken = default)
        {
            _runtime = LibvirtRuntime.For(Kit.System);
            _runtime.Connector = Daemon;
            Hypervisor = _runtime.ConnectAsync(uri, options, cancellationToken).AsTask();
        }

        public VirtualActorSystem Kit { get; } = new();

        public ScriptedDaemon Daemon { get; } = new();

        public Task<Hypervisor> Hypervisor { get; }

        public async ValueTask DisposeAsync()
        {
            await _runtime.DisposeAsync();
            await Kit.DisposeAsync();
        }
    }
}
