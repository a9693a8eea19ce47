using Libvirt.Testing;

namespace Libvirt.Integration.Objects;

public sealed class ObjectModelTests
{
    [Fact]
    public async Task Each_reading_method_of_each_kind_of_object_puts_a_question_that_the_test_driver_understands()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.TestUri);
        Domain domain = await hypervisor.LookupDomainByNameAsync("test");
        StoragePool pool = await hypervisor.LookupStoragePoolByNameAsync("default-pool");
        StorageVolume volume = await pool.CreateVolumeXmlAsync("<volume><name>v</name><capacity>1048576</capacity></volume>");
        DomainSnapshot snapshot = await domain.CreateSnapshotXmlAsync("<domainsnapshot><name>s</name></domainsnapshot>");
        Network network = await hypervisor.LookupNetworkByNameAsync("default");
        object[] objects =
        [
            hypervisor, domain, pool, volume, snapshot, network,
            await hypervisor.LookupInterfaceByNameAsync("eth1"),
            await hypervisor.LookupNodeDeviceByNameAsync("computer"),
        ];

        int answers = 0;
        foreach (object target in objects)
            answers += (await ReadingMethods.CallAllAsync(target)).Count;

        Assert.True(answers >= 90, $"{answers} answers");
    }

    [Fact]
    public async Task Each_reading_method_of_a_real_guest_puts_a_question_that_qemus_driver_understands()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await daemon.CreateGuestAsync(new GuestDefinition { Name = "guest" });
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.SessionUri);

        IReadOnlyDictionary<string, object?> host = await ReadingMethods.CallAllAsync(hypervisor);
        IReadOnlyDictionary<string, object?> guest = await ReadingMethods.CallAllAsync(await hypervisor.LookupDomainByNameAsync("guest"));

        Domain listed = Assert.Single((IReadOnlyList<Domain>)host[nameof(Hypervisor.ListAllDomainsAsync)]!);
        Assert.Equal("guest", listed.Name);
        DomainStatsRecord stats = Assert.Single((IReadOnlyList<DomainStatsRecord>)host[nameof(Hypervisor.GetAllDomainStatsAsync)]!);
        Assert.Equal(listed, stats.Domain);
        Assert.True(stats.Parameters.TryGetInt64("state.state", out long state));
        Assert.Equal((long)DomainState.Running, state);
        DomainInfo info = (DomainInfo)guest[nameof(Domain.GetInfoAsync)]!;
        Assert.Equal((DomainState.Running, 163840ul, (ushort)1), (info.State, info.MaxMemory, info.VcpuCount));
        TypedParameters numa = (TypedParameters)guest[nameof(Domain.GetNumaParametersAsync)]!;
        Assert.True(numa.TryGetString("numa_nodeset", out _), "a text among the typed parameters");
        Assert.True(guest.Count >= 25, $"{guest.Count} answers");
    }

    [Fact]
    public async Task Objects_of_one_hypervisor_are_equal_by_what_they_are()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.TestUri);
        await using Hypervisor other = await Hypervisor.ConnectAsync(daemon.TestUri);
        Domain domain = await hypervisor.LookupDomainByNameAsync("test");
        Domain again = await hypervisor.LookupDomainByUuidAsync(domain.Uuid);
        Assert.Equal(domain, again);
        Assert.Equal(domain.GetHashCode(), again.GetHashCode());
        Assert.NotEqual(domain, await other.LookupDomainByNameAsync("test"));
        Assert.Equal("test", domain.ToString());
        Assert.Equal(1, domain.Id);
        const string stopped = "<domain type='test'><name>off</name><memory>1024</memory><os><type>hvm</type></os></domain>";
        Assert.Null((await hypervisor.DefineDomainXmlAsync(stopped)).Id);
    }
}
