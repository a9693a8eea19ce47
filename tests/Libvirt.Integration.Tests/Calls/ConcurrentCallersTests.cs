using Libvirt.Testing;

namespace Libvirt.Integration.Calls;

public sealed class ConcurrentCallersTests
{
    [Fact]
    public async Task A_thousand_callers_on_one_connection_are_all_answered_each_with_its_own_while_keepalive_lives()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(new LibvirtDaemonOptions { KeepAliveInterval = 1, KeepAliveCount = 5 });
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(
            daemon.TestUri, new HypervisorOptions { KeepAliveInterval = TimeSpan.FromSeconds(1), ReadTimeout = TimeSpan.FromMinutes(2) });
        Domain[] domains = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => hypervisor.DefineDomainXmlAsync(
            $"<domain type='test'><name>vm{i}</name><memory>{1024 + i}</memory><os><type>hvm</type></os></domain>").AsTask()));

        // Each caller has all its calls under way at once; a reply that went astray would carry another domain's memory.
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(async caller =>
        {
            Domain domain = domains[caller % domains.Length];
            ulong[] memories = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => domain.GetMaxMemoryAsync().AsTask()));
            Assert.All(memories, memory => Assert.Equal(1024ul + (ulong)(caller % domains.Length), memory));
            Domain found = await hypervisor.LookupDomainByUuidAsync(domain.Uuid);
            Assert.Equal(domain.Name, found.Name);
        }));

        Assert.IsType<HypervisorState.Ready>(hypervisor.State);
    }

    [Fact]
    public async Task One_callers_calls_are_carried_out_in_the_order_they_were_made()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using RecordingProxy proxy = daemon.OpenProxy();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync($"test+unix:///default?socket={proxy.SocketPath}");

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => hypervisor.LookupDomainByIdAsync(1).AsTask()));

        uint[] serials = [.. proxy.Recording.Frames.Where(f => f.IsFromClient && f.Frame.Type == RpcType.Call).Select(f => f.Frame.Serial)];
        Assert.Equal(serials.Order(), serials);
    }
}
