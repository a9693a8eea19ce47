using System.Diagnostics;
using Xunit;

namespace Libvirt.Testing.Tests;

public sealed class LibvirtDaemonTests
{
    [Fact]
    public async Task A_daemon_serves_the_test_driver_on_its_unix_socket_and_on_tcp()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(new LibvirtDaemonOptions { ListenTcp = true }, TestContext.Current.CancellationToken);

        string overUnix = await Virsh.On(daemon.TestUri).RunAsync("list", "--name");
        string overTcp = await Virsh.On(daemon.TestTcpUri).RunAsync("list", "--name");

        Assert.Equal("test", overUnix.Trim());
        Assert.Equal("test", overTcp.Trim());
    }

    [Fact]
    public async Task Daemons_stand_side_by_side_and_share_nothing()
    {
        await using LibvirtDaemon first = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using LibvirtDaemon second = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        await Virsh.On(first.StorageUri).RunAsync("pool-define-as", "images", "dir", "--target", first.DataDirectory);

        Assert.Equal("images", (await Virsh.On(first.StorageUri).RunAsync("pool-list", "--all", "--name")).Trim());
        Assert.Equal("", (await Virsh.On(second.StorageUri).RunAsync("pool-list", "--all", "--name")).Trim());
    }

    [Fact]
    public async Task Options_reach_the_daemon()
    {
        LibvirtDaemonOptions options = new() { MaxClients = 17, MaxClientRequests = 3 };
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(options, TestContext.Current.CancellationToken);
        RecordingProxy admin = daemon.OpenAdminProxy();

        string limits = await Virsh.Admin(admin.SocketPath).RunAsync("server-clients-info", "libvirtd");

        Assert.Matches(@"nclients_max\s*: 17", limits);
    }

    [Fact]
    public async Task A_daemon_that_cannot_start_fails_with_its_log()
    {
        LibvirtDaemonOptions options = new() { Settings = new Dictionary<string, string> { ["max_clients"] = "\"many\"" } };

        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            LibvirtDaemon.StartAsync(options, TestContext.Current.CancellationToken));

        Assert.Contains("max_clients", failure.Message);
    }

    [Fact]
    public async Task A_killed_daemon_refuses_and_a_restarted_one_serves_again()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        int before = daemon.ProcessId;

        await daemon.KillAsync();
        CommandResult refused = await Virsh.On(daemon.TestUri).TryAsync("hostname");
        await daemon.RestartAsync(TestContext.Current.CancellationToken);
        CommandResult served = await Virsh.On(daemon.TestUri).TryAsync("hostname");

        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(0, served.ExitCode);
        Assert.NotEqual(before, daemon.ProcessId);
    }

    [Fact]
    public async Task A_frozen_daemon_answers_when_it_is_thawed()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        RecordingProxy proxy = daemon.OpenProxy();

        daemon.Freeze();
        Task<string> call = Virsh.On(proxy.Uri("test", "/default")).RunAsync("hostname");
        await Eventually.IsTrueAsync(() => proxy.Recording.Frames.Count > 0, cancellationToken: TestContext.Current.CancellationToken);
        bool answered = proxy.Recording.Frames.Any(frame => !frame.IsFromClient);
        daemon.Thaw();

        Assert.NotEmpty(await call);
        Assert.False(answered);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_disposed_daemon()
    {
        LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using Process process = Process.GetProcessById(daemon.ProcessId);

        await daemon.DisposeAsync();

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists(daemon.Directory));
    }
}
