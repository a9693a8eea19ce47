namespace Libvirt.Protocol.Generator.Emit;

/// <summary>A class of the object model.</summary>
/// <param name="Class">Its C# name.</param>
/// <param name="Noun">The words behind <c>vir</c> that begin the names of its functions.</param>
/// <param name="CType">The C type whose first parameter makes a function a method of the class.</param>
/// <param name="Handle">The wire's struct that names such an object; empty for the connection, which the wire does not name.</param>
internal sealed record ObjectKind(string Class, string Noun, string CType, string Handle)
{
    public static ObjectKind Hypervisor { get; } = new("Hypervisor", "Connect", "virConnectPtr", "");

    public static IReadOnlyList<ObjectKind> All { get; } =
    [
        Hypervisor,
        Named("Domain", "domain"),
        Named("DomainSnapshot", "domain_snapshot"),
        Named("DomainCheckpoint", "domain_checkpoint"),
        Named("Network", "network"),
        Named("NetworkPort", "network_port"),
        Named("StoragePool", "storage_pool"),
        new("StorageVolume", "StorageVol", "virStorageVolPtr", "remote_nonnull_storage_vol"),
        Named("Interface", "interface"),
        Named("NodeDevice", "node_device"),
        Named("Secret", "secret"),
        Named("NWFilter", "nwfilter"),
        Named("NWFilterBinding", "nwfilter_binding"),
    ];

    /// <summary>The class of a handle, or null.</summary>
    public static ObjectKind? OfHandle(string type) => All.FirstOrDefault(k => k.Handle == type);

    private static ObjectKind Named(string name, string wire) => new(name, name, $"vir{name}Ptr", $"remote_nonnull_{wire}");
}
