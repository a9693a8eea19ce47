using Libvirt.Protocol.Admin;
using Libvirt.Testing;

namespace Libvirt.Integration.Calls;

public sealed class AdminTests
{
    [Fact]
    public async Task A_daemon_tells_of_its_servers_and_clients_and_answers_pings_meanwhile()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using RecordingProxy proxy = daemon.OpenAdminProxy();
        await using LibvirtRuntime runtime = LibvirtRuntime.Create();
        await using (AdminConnection admin = await runtime.ConnectAdminAsync(
            $"libvirtd:///session?socket={proxy.SocketPath}", new HypervisorOptions { KeepAliveInterval = TimeSpan.FromSeconds(1) }))
        {
            ConnectListServersRet servers = await admin.Admin.ConnectListServersAsync(new ConnectListServersArgs { NeedResults = 1, Flags = 0 });
            string[] virsh = (await Virsh.Admin(proxy.SocketPath).RunAsync("srv-list")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(virsh.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]), servers.Servers.Select(server => server.Name));

            AdminServer hypervisors = servers.Servers.Single(server => server.Name == "libvirtd");
            ServerGetThreadpoolParametersRet threads = await admin.Admin.ServerGetThreadpoolParametersAsync(
                new ServerGetThreadpoolParametersArgs { Srv = hypervisors, Flags = 0 });
            Assert.Contains(threads.Params, parameter => parameter.Field == "maxWorkers");
            await Eventually.IsTrueAsync(() => proxy.Recording.Frames.Any(f => !f.IsFromClient && f.Frame.Program == RpcProgram.KeepAlive));
            Assert.IsType<HypervisorState.Ready>(admin.State);
        }

        Assert.Empty((await TsharkDissector.DissectAsync(proxy.Recording.Frames)).Problems);
    }

    [Theory]
    [InlineData("qemu:///system", "names no daemon")]
    [InlineData("libvirtd+tcp://host/system", "unix socket only")]
    public async Task A_uri_that_names_no_local_daemon_says_so(string uri, string text)
    {
        await using LibvirtRuntime runtime = LibvirtRuntime.Create();

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => runtime.ConnectAdminAsync(uri).AsTask());

        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }
}
