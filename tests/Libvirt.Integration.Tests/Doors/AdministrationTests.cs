using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>A daemon's own view of those who came through its doors, and the limits that are set for them.</summary>
public sealed class AdministrationTests(DoorsFixture doors) : IClassFixture<DoorsFixture>, IAsyncLifetime
{
    private readonly LibvirtRuntime _runtime = LibvirtRuntime.Create();
    private AdminConnection _admin = null!;
    private DaemonServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        RecordingProxy socket = doors.SaslDaemon.OpenAdminProxy();
        _admin = await _runtime.ConnectAdminAsync($"libvirtd:///session?socket={socket.SocketPath}", new HypervisorOptions { Reconnect = false });
        _server = await _admin.LookupServerAsync("libvirtd");
    }

    public async ValueTask DisposeAsync()
    {
        await _admin.DisposeAsync();
        await _runtime.DisposeAsync();
    }

    [Fact]
    public async Task Who_came_by_unix_has_a_process_and_who_came_by_tls_an_address_and_a_certificate()
    {
        await using Hypervisor local = await Hypervisor.ConnectAsync(doors.Uri("sasl by unix"), doors.Options);
        await using Hypervisor remote = await Hypervisor.ConnectAsync(doors.Uri("sasl by tls"), doors.Options);

        IReadOnlyList<DaemonClient> clients = await ClientsAsync(2);
        ClientInfo unix = await Assert.Single(clients, client => client.Transport == ClientTransport.Unix).GetInfoAsync();
        ClientInfo tls = await Assert.Single(clients, client => client.Transport == ClientTransport.Tls).GetInfoAsync();

        Assert.Equal((Environment.ProcessId, Environment.UserName), (unix.UnixProcess!.Value.ProcessId, unix.UnixProcess.Value.UserName));
        Assert.StartsWith(DoorsFixture.User, unix.SaslUserName, StringComparison.Ordinal);
        Assert.Equal((null, null, false), (unix.SocketAddress, unix.X509DistinguishedName, unix.IsReadOnly));
        Assert.StartsWith("127.0.0.1:", tls.SocketAddress, StringComparison.Ordinal);
        Assert.Contains("CN=client", tls.X509DistinguishedName, StringComparison.Ordinal);
        Assert.StartsWith(DoorsFixture.User, tls.SaslUserName, StringComparison.Ordinal);
        Assert.Null(tls.UnixProcess);
        Assert.All(clients, client => Assert.InRange(client.ConnectedAt!.Value, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddMinutes(1)));
        Assert.Equal(clients[0], await _server.LookupClientAsync(clients[0].Id));
    }

    [Fact]
    public async Task Whom_the_daemon_throws_out_learns_that_the_connection_is_lost()
    {
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(doors.Uri("sasl by unix"), doors.Options);
        DaemonClient client = Assert.Single(await ClientsAsync(1));
        Assert.Equal(ClientTransport.Unix, client.Transport);

        await client.CloseAsync();

        await Eventually.IsTrueAsync(() => hypervisor.State is not HypervisorState.Ready);
        await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => hypervisor.GetHostnameAsync().AsTask());
        LibvirtRemoteException gone = await Assert.ThrowsAsync<LibvirtRemoteException>(() => client.GetInfoAsync().AsTask());
        Assert.Equal(ErrorNumber.NoClient, gone.Code);
    }

    [Fact]
    public async Task Limits_are_read_back_as_they_were_set_and_what_is_not_named_stays()
    {
        ThreadPoolParameters before = await _server.GetThreadPoolParametersAsync();
        ClientLimits limits = await _server.GetClientLimitsAsync();

        await _server.SetThreadPoolParametersAsync(maxWorkers: before.MaxWorkers + 7);
        await _server.SetClientLimitsAsync(maxUnauthenticatedClients: limits.MaxUnauthenticatedClients + 3);

        ThreadPoolParameters after = await _server.GetThreadPoolParametersAsync();
        Assert.Equal((before.MinWorkers, before.MaxWorkers + 7, before.PriorityWorkers), (after.MinWorkers, after.MaxWorkers, after.PriorityWorkers));
        Assert.Equal(limits with { MaxUnauthenticatedClients = limits.MaxUnauthenticatedClients + 3 }, await _server.GetClientLimitsAsync());
        await Assert.ThrowsAsync<ArgumentException>(() => _server.SetThreadPoolParametersAsync().AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => _server.SetClientLimitsAsync().AsTask());
        LibvirtRemoteException refused = await Assert.ThrowsAsync<LibvirtRemoteException>(
            () => _server.SetThreadPoolParametersAsync(minWorkers: 1000).AsTask());
        Assert.Equal(ErrorNumber.InvalidArg, refused.Code);
    }

    [Fact]
    public async Task The_log_is_filtered_and_turned_and_the_timeout_takes_whole_seconds()
    {
        string file = Path.Combine(doors.SaslDaemon.DataDirectory, "turned.log");
        string before = await _admin.GetLoggingOutputsAsync();

        await _admin.SetLoggingFiltersAsync("3:remote 4:event");
        await _admin.SetLoggingOutputsAsync($"1:file:{file}");

        Assert.Equal("3:*remote* 4:*event*", await _admin.GetLoggingFiltersAsync());
        Assert.Equal($"1:file:{file}", await _admin.GetLoggingOutputsAsync());
        await _admin.SetLoggingFiltersAsync("");
        await _admin.SetLoggingOutputsAsync(before);
        Assert.Equal(("", before), (await _admin.GetLoggingFiltersAsync(), await _admin.GetLoggingOutputsAsync()));
        await _admin.SetDaemonTimeoutAsync(TimeSpan.FromMinutes(10));
        await _admin.SetDaemonTimeoutAsync(TimeSpan.Zero);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _admin.SetDaemonTimeoutAsync(TimeSpan.FromMilliseconds(1)).AsTask());
    }

    [Fact]
    public async Task A_daemon_reads_its_certificates_again_from_where_libvirt_keeps_them()
    {
        IReadOnlyList<DaemonServer> servers = await _admin.ListServersAsync();
        Exception? refused = await Record.ExceptionAsync(() => _server.UpdateTlsFilesAsync().AsTask());

        Assert.Equal(["admin", "libvirtd"], servers.Select(server => server.Name).Order(StringComparer.Ordinal));
        Assert.Contains(_server, servers);
        Assert.True(await _admin.GetLibVersionAsync() > 0);
        // It does not look where its configuration says but in the system's place, which need not exist here.
        Assert.True(refused is null or LibvirtRemoteException { Code: ErrorNumber.SystemError }, $"{refused}");
        Assert.True(refused is null || refused.Message.Contains("/cacert.pem", StringComparison.Ordinal), $"{refused}");
    }

    // Whoever came before has closed its socket, which the daemon may not have seen yet.
    private Task<IReadOnlyList<DaemonClient>> ClientsAsync(int count) =>
        Eventually.GetAsync(() => _server.ListClientsAsync().AsTask(), clients => clients.Count == count);
}
