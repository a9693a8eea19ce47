using System.Text.Json.Nodes;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>Each command about the daemon itself beside virt-admin's, on the same admin socket.</summary>
public sealed class AdminCommandTests : IAsyncLifetime
{
    private LibvirtDaemon _daemon = null!;
    private RecordingProxy _door = null!;

    private Virsh VirtAdmin => Virsh.Admin(_door.SocketPath);

    public async ValueTask InitializeAsync()
    {
        _daemon = await LibvirtDaemon.StartAsync(new LibvirtDaemonOptions { ListenTcp = true });
        _door = _daemon.OpenAdminProxy();
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task The_servers_and_their_figures_are_those_that_virt_admin_prints()
    {
        await SameAsync("srv-list");
        await SameAsync("server-list");
        // Threads come and go at their own pace.
        await BecomesSameAsync("srv-threadpool-info", "libvirtd");
        await BecomesSameAsync("server-threadpool-info", "libvirtd");
        await BecomesSameAsync("srv-clients-info", "libvirtd");
        await SameAsync("daemon-log-filters");
        await SameAsync("daemon-log-outputs");
    }

    [Fact]
    public async Task Clients_are_listed_described_and_thrown_out()
    {
        await using FollowedCommand local = FollowedCommand.Start(_daemon.TestUri, "event", "--all", "--loop");
        await using FollowedCommand remote = FollowedCommand.Start(_daemon.TestTcpUri, "event", "--all", "--loop");
        JsonArray clients = (await Eventually.GetAsync(() => JsonAsync("client-list", "libvirtd"), list => list.AsArray().Count == 2)).AsArray();
        string Id(string transport) => clients.Single(client => client!["transport"]!.GetValue<string>() == transport)!["id"]!.ToString();

        await SameAsync("client-list", "libvirtd");
        await SameAsync("client-info", "libvirtd", Id("unix"));
        await SameAsync("client-info", "libvirtd", Id("tcp"));
        JsonObject info = (await JsonAsync("client-info", "libvirtd", Id("unix"))).AsObject();
        Assert.Equal(local.ProcessId, info["unix_process_id"]!.GetValue<int>());
        Assert.False(info["readonly"]!.GetValue<bool>());
        Assert.StartsWith("127.0.0.1:", (string?)(await JsonAsync("client-info", "libvirtd", Id("tcp")))["sock_addr"], StringComparison.Ordinal);

        Assert.Equal($"Client '{Id("tcp")}' disconnected\n", await RunAsync("client-disconnect", "libvirtd", Id("tcp")));

        Assert.DoesNotContain($" {Id("tcp")} ", await VirtAdmin.RunAsync("client-list", "libvirtd"), StringComparison.Ordinal);
        CommandResult gone = await TryAsync("client-info", "libvirtd", Id("tcp"));
        Assert.Equal(1, gone.ExitCode);
        Assert.Contains("(code 96 NoClient, ", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_are_changed_as_virt_admin_changes_them()
    {
        await RunAsync("srv-threadpool-set", "libvirtd", "--min-workers", "3", "--max-workers", "30", "--priority-workers", "2");
        await RunAsync("srv-clients-set", "libvirtd", "--max-clients", "100", "--max-unauth-clients", "50");

        // Threads come and go at their own pace; limits hold at once.
        string pool = Printed.Pairs(await VirtAdmin.RunAsync("srv-threadpool-info", "libvirtd"));
        Assert.Contains("maxWorkers=30\nminWorkers=3\n", pool, StringComparison.Ordinal);
        string clients = Printed.Pairs(await VirtAdmin.RunAsync("srv-clients-info", "libvirtd"));
        Assert.Contains("nclients_max=100", clients, StringComparison.Ordinal);
        Assert.Contains("nclients_unauth_max=50", clients, StringComparison.Ordinal);
        await SameAsync("srv-clients-info", "libvirtd");
    }

    [Theory]
    [InlineData("minWorkers cannot be larger", "srv-threadpool-set", "libvirtd", "--min-workers", "500")]
    [InlineData("NoServer", "srv-clients-info", "nosuchserver")]
    [InlineData("no tls service", "srv-update-tls", "libvirtd")]
    [InlineData("Malformed", "daemon-log-filters", "--filters", "nonsense")]
    public async Task What_the_daemon_refuses_it_refuses_to_both(string text, params string[] arguments)
    {
        CommandResult ours = await TryAsync(arguments);
        CommandResult theirs = await VirtAdmin.TryAsync(arguments);

        Assert.Equal((1, 1), (ours.ExitCode, theirs.ExitCode));
        Assert.Contains(text, ours.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_is_turned_elsewhere_and_back()
    {
        string file = Path.Combine(_daemon.DataDirectory, "other.log");

        await RunAsync("daemon-log-filters", "--filters", "1:rpc 3:qemu");
        await RunAsync("daemon-log-outputs", "--outputs", $"1:file:{file}");
        JsonNode log = await JsonAsync("daemon-log-info");

        await SameAsync("daemon-log-filters");
        await SameAsync("daemon-log-outputs");
        Assert.Contains("1:*rpc*", log["filters"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal($"1:file:{file}", log["outputs"]!.GetValue<string>());
        Assert.True(new FileInfo(file).Length > 0);

        await RunAsync("daemon-log-filters", "--filters", "");
        Assert.Equal("", (await JsonAsync("daemon-log-info"))["filters"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_daemon_that_may_stop_itself_does_when_its_last_client_goes()
    {
        Assert.Equal("The daemon no longer stops itself\n", await RunAsync("daemon-timeout", "0"));
        Assert.Equal("The daemon stops itself after 1 s without work\n", await RunAsync("daemon-timeout", "1"));

        await _daemon.EndedAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    private Task BecomesSameAsync(params string[] arguments) => Eventually.GetAsync(
        async () => (Theirs: Printed.Squeezed(await VirtAdmin.RunAsync(arguments)), Ours: Printed.Squeezed(await RunAsync(["-q", .. arguments]))),
        printed => printed.Theirs == printed.Ours);

    private async Task SameAsync(params string[] arguments) =>
        Assert.Equal(Printed.Squeezed(await VirtAdmin.RunAsync(arguments)), Printed.Squeezed(await RunAsync(["-q", .. arguments])));

    private Task<CommandResult> TryAsync(params string[] arguments) => Virtactl.On($"libvirtd:///session?socket={_door.SocketPath}").TryAsync(["admin", .. arguments]);

    private async Task<string> RunAsync(params string[] arguments) => (await TryAsync(arguments)).EnsureSuccess().Output;

    private async Task<JsonNode> JsonAsync(params string[] arguments) => JsonNode.Parse(await RunAsync([.. arguments, "-o", "json"]))!;
}
