using Libvirt.Events;
using Libvirt.Testing;

namespace Libvirt.Integration.Calls;

public sealed class DissectionTests
{
    [Fact]
    public async Task An_independent_dissector_finds_nothing_wrong_with_what_we_send()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(new LibvirtDaemonOptions { KeepAliveInterval = 1 });
        await using RecordingProxy proxy = daemon.OpenProxy();
        await using (Hypervisor hypervisor = await Hypervisor.ConnectAsync($"test+unix:///default?socket={proxy.SocketPath}"))
        {
            await using EventSubscription<DomainLifecycleEvent> subscription = await hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle);
            Domain domain = await hypervisor.DefineDomainXmlAsync(
                "<domain type='test'><name>änderung</name><memory>8192</memory><os><type>hvm</type></os></domain>");
            await domain.CreateAsync();
            await domain.SetMetadataAsync(DomainMetadataType.Title, "a title", null, null, DomainModificationImpact.Live);
            DomainInfo info = await domain.GetInfoAsync();
            Assert.Equal((byte)DomainState.Running, (byte)info.State);
            await domain.GetSchedulerParametersAsync();
            IReadOnlyList<DomainSnapshot> snapshots = await domain.ListAllSnapshotsAsync();
            Assert.Empty(snapshots);
            await Assert.ThrowsAsync<LibvirtRemoteException>(() => hypervisor.LookupDomainByNameAsync("nobody").AsTask());
            foreach (StoragePool pool in await hypervisor.ListAllStoragePoolsAsync())
                await pool.ListAllVolumesAsync();
            await hypervisor.ListAllNetworksAsync();
            await hypervisor.ListAllNodeDevicesAsync();
            await hypervisor.ListAllInterfacesAsync();
            await hypervisor.GetNodeInfoAsync();
            await hypervisor.GetCapabilitiesAsync();
            await domain.DestroyAsync();
            await domain.UndefineAsync();
        }

        Dissection dissection = await TsharkDissector.DissectAsync(proxy.Recording.Frames);

        Assert.Empty(dissection.Problems);
        Assert.True(dissection.Messages.Count > 40, $"Only {dissection.Messages.Count} messages were dissected.");
    }
}
