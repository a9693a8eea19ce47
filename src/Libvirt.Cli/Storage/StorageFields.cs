using Libvirt.Cli.Output;

namespace Libvirt.Cli.Storage;

/// <summary>The fields by which results tell of pools and volumes, in virsh's words.</summary>
internal static class StorageFields
{
    public static Field Name(StoragePool pool) => Field.Of("name", "Name", pool.Name);

    public static Field Uuid(StoragePool pool) => Field.Of("uuid", "UUID", pool.Uuid.ToString());

    public static Field State(StoragePoolState state) => Field.Of("state", "State", state switch
    {
        StoragePoolState.Inactive => "inactive",
        StoragePoolState.Building => "building",
        StoragePoolState.Running => "running",
        StoragePoolState.Degraded => "degraded",
        StoragePoolState.Inaccessible => "inaccessible",
        _ => "unknown",
    });

    /// <summary>What a command prints of the pool that it worked on.</summary>
    public static IReadOnlyList<Field> Subject(StoragePool pool) => [Name(pool), Uuid(pool)];

    public static Field Name(StorageVolume volume) => Field.Of("name", "Name", volume.Name);

    public static Field Path(string path) => Field.Of("path", "Path", path);

    public static Field Type(StorageVolType type) => Field.Of("type", "Type", type switch
    {
        StorageVolType.File => "file",
        StorageVolType.Block => "block",
        StorageVolType.Dir => "dir",
        StorageVolType.Network => "net",
        StorageVolType.NetDir => "netdir",
        StorageVolType.Ploop => "ploop",
        _ => "unknown",
    });

    /// <summary>What a command prints of the volume that it worked on.</summary>
    public static IReadOnlyList<Field> Subject(StorageVolume volume) =>
        [Name(volume), Field.Of("key", "Key", volume.Key), Field.Of("pool", "Pool", volume.PoolName)];
}
