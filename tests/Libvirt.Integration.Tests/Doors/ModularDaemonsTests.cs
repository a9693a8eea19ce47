using Libvirt.Events;
using Libvirt.Integration.Events;
using Libvirt.Integration.Streams;
using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>virtqemud, virtstoraged and virtproxyd together: what one does another sees, and what the death of one does to the clients of the others.</summary>
public sealed class ModularDaemonsTests : IAsyncLifetime
{
    private static readonly HypervisorOptions Options = new()
    {
        ReadTimeout = TimeSpan.FromMinutes(2),
        MaxConnections = 1,
        ReconnectBackoff = new BackoffPolicy { Min = TimeSpan.FromMilliseconds(50), Max = TimeSpan.FromMilliseconds(400) },
    };

    private readonly string _guest = $"guest-{Guid.NewGuid():N}";
    private ModularDaemons? _daemons;

    private ModularDaemons Daemons => _daemons!;

    public async ValueTask InitializeAsync()
    {
        if (await ModularDaemons.WhyNotAsync() is null)
            _daemons = await ModularDaemons.StartAsync(new LibvirtDaemonOptions { ListenTcp = true });
    }

    public ValueTask DisposeAsync() => _daemons?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_guest_that_runs_at_virtqemud_is_heard_of_through_the_proxy()
    {
        await SkipWhereThereAreNoneAsync();
        await using Hypervisor direct = await Hypervisor.ConnectAsync(Daemons.Qemu.SessionUri, Options);
        await using Hypervisor proxied = await Hypervisor.ConnectAsync($"qemu+tcp://127.0.0.1:{Daemons.Proxy.TcpPort}/session", Options);
        await using VirshEvents virsh = await VirshEvents.StartAsync(Daemons.Proxy.SessionUri, proxied);
        await using EventSubscription<DomainLifecycleEvent> events = await proxied.Events.SubscribeAsync(DomainEvents.Lifecycle);

        Domain domain = await direct.DefineDomainXmlAsync(
            $"<domain type='qemu'><name>{_guest}</name><memory unit='MiB'>32</memory><os><type arch='x86_64'>hvm</type></os></domain>");
        await domain.CreateAsync();
        Domain same = await proxied.LookupDomainByNameAsync(_guest);
        await same.SuspendAsync();
        await domain.ResumeAsync();
        await same.DestroyAsync();
        await domain.UndefineAsync();

        DomainEventType[] expected = await Eventually.GetAsync(
            () => Task.FromResult(virsh.Of(_guest)), seen => seen.Contains(DomainEventType.Undefined));
        List<DomainEventType> heard = [];
        await foreach (EventNotice<DomainLifecycleEvent> notice in events.WithCancellation(TestContext.Current.CancellationToken))
        {
            if (notice.Event!.Domain.Name == _guest)
                heard.Add(notice.Event.Event);
            if (heard.Contains(DomainEventType.Undefined))
                break;
        }

        Assert.Equal(expected, heard);
        Assert.Contains(DomainEventType.Suspended, heard);
        Assert.Equal(domain.Uuid, same.Uuid);
    }

    [Fact]
    public async Task A_volume_goes_up_to_virtstoraged_and_comes_down_through_the_proxy()
    {
        await SkipWhereThereAreNoneAsync();
        const long length = 64L * Volumes.MiB;
        await using Hypervisor storage = await Hypervisor.ConnectAsync(Daemons.Storage.StorageUri, Options);
        await using Hypervisor proxied = await Hypervisor.ConnectAsync(Daemons.Proxy.SessionUri, Options);
        StorageVolume volume = await Volumes.CreateVolumeAsync(Daemons.Storage, storage, length);
        using RandomContent up = new(length, seed: 5);
        using HashingStream down = new();

        Assert.Equal(length, await volume.UploadAsync(up));
        StoragePool pool = await proxied.LookupStoragePoolByNameAsync("pool");
        Assert.Equal(length, await (await pool.LookupVolumeByNameAsync("disk")).DownloadAsync(down));

        Assert.Equal(up.Hash, down.Hash);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_virtqemud_dies_behind_the_proxy_a_reading_call_waits_until_it_is_back(bool tcp)
    {
        await SkipWhereThereAreNoneAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(
            tcp ? $"qemu+tcp://127.0.0.1:{Daemons.Proxy.TcpPort}/session" : Daemons.Proxy.SessionUri, Options);
        ulong version = await hypervisor.GetLibVersionAsync();

        await Daemons.Qemu.KillAsync();

        // The proxy lives and keeps the connection, so the first call that it cannot serve tells.
        Task<ulong> asked = hypervisor.GetLibVersionAsync().AsTask();
        HypervisorState.Backoff backoff = (HypervisorState.Backoff)await Eventually.GetAsync(
            () => Task.FromResult(hypervisor.State), state => state is HypervisorState.Backoff { Reason: LibvirtConnectException });
        Assert.Equal(ConnectFailure.Unreachable, ((LibvirtConnectException)backoff.Reason).Reason);
        Assert.Contains(Daemons.Qemu.SocketPath, backoff.Reason.Message, StringComparison.Ordinal);
        Assert.False(asked.IsCompleted);

        await Daemons.Qemu.RestartAsync();

        Assert.Equal(version, await asked);
        Assert.IsType<HypervisorState.Ready>(hypervisor.State);
    }

    [Fact]
    public async Task Who_does_not_reconnect_is_told_that_the_connection_is_lost()
    {
        await SkipWhereThereAreNoneAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(Daemons.Proxy.SessionUri, Options with { Reconnect = false });
        await hypervisor.GetLibVersionAsync();

        await Daemons.Qemu.KillAsync();

        Exception? error = await Eventually.GetAsync<Exception?>(
            async () => await Record.ExceptionAsync(() => hypervisor.GetLibVersionAsync().AsTask()), failure => failure is LibvirtConnectionLostException);
        Assert.Contains("has lost the one behind it", error!.Message, StringComparison.Ordinal);
        LibvirtConnectException refused = await Assert.ThrowsAsync<LibvirtConnectException>(
            async () => await Hypervisor.ConnectAsync(Daemons.Proxy.SessionUri, Options with { Reconnect = false }));
        Assert.Equal(ConnectFailure.Unreachable, refused.Reason);
    }

    [Fact]
    public async Task Each_daemon_is_administered_by_itself_and_virtqemud_knows_who_stands_behind_the_proxy()
    {
        await SkipWhereThereAreNoneAsync();
        await using LibvirtRuntime runtime = LibvirtRuntime.Create();
        await using Hypervisor hypervisor = await runtime.ConnectAsync(Daemons.Proxy.SessionUri, Options);
        foreach ((LibvirtDaemon daemon, string name) in ((LibvirtDaemon, string)[])
            [(Daemons.Qemu, "virtqemud"), (Daemons.Storage, "virtstoraged"), (Daemons.Proxy, "virtproxyd")])
        {
            await using AdminConnection admin = await runtime.ConnectAdminAsync($"{name}:///session?socket={daemon.OpenAdminProxy().SocketPath}", Options);

            IReadOnlyList<DaemonServer> servers = await admin.ListServersAsync();

            Assert.Equal(["admin", name], servers.Select(server => server.Name).Order(StringComparer.Ordinal));
            // Whoever looked whether the daemon answers has closed its socket, which the daemon may not have seen yet.
            DaemonServer server = await admin.LookupServerAsync(name);
            IReadOnlyList<DaemonClient> clients = await Eventually.GetAsync(
                () => server.ListClientsAsync().AsTask(), seen => seen.Count == (daemon == Daemons.Storage ? 0 : 1));
            foreach (DaemonClient client in clients)
                Assert.Equal(Environment.ProcessId, (await client.GetInfoAsync()).UnixProcess!.Value.ProcessId);
        }
    }

    private static async Task SkipWhereThereAreNoneAsync()
    {
        string? absent = await ModularDaemons.WhyNotAsync();
        Assert.SkipUnless(absent is null, absent ?? "");
    }
}
