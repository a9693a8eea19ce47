using System.CommandLine;
using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Storage;

/// <summary><c>pool-list</c>: the storage pools of a hypervisor.</summary>
internal sealed class PoolListCommand : HypervisorCommand
{
    private readonly Option<bool> _all = new("--all") { Description = "Active and inactive pools." };
    private readonly Option<bool> _inactive = new("--inactive") { Description = "Inactive pools alone." };
    private readonly Option<bool> _details = new("--details") { Description = "How large they are, too." };
    private readonly Option<bool> _name = new("--name") { Description = "Their names alone, one a line." };
    private readonly Option<bool> _uuid = new("--uuid") { Description = "Their UUIDs alone, one a line." };

    private readonly PoolTypeOption _type = new();

    private readonly FlagOption[] _filters =
    [
        new("--persistent", (uint)ConnectListAllStoragePoolsFlags.Persistent, "Persistent pools alone."),
        new("--transient", (uint)ConnectListAllStoragePoolsFlags.Transient, "Transient pools alone."),
        new("--autostart", (uint)ConnectListAllStoragePoolsFlags.Autostart, "Pools that start with the daemon alone."),
        new("--no-autostart", (uint)ConnectListAllStoragePoolsFlags.NoAutostart, "Pools that do not start with the daemon alone."),
    ];

    public PoolListCommand()
        : base("pool-list", "List the storage pools that are active.")
    {
        foreach (Option option in (Option[])[_all, _inactive, _details, _name, _uuid, _type, .. _filters])
            Add(option);
    }

    protected override async Task RunAsync(Invocation invocation)
    {
        Hypervisor hypervisor = await invocation.ConnectAsync().ConfigureAwait(false);
        IReadOnlyList<StoragePool> pools = await hypervisor.ListAllStoragePoolsAsync(
            Wanted(invocation), cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        List<(StoragePool Pool, bool IsActive)> sorted = await SortAsync(pools, invocation.CancellationToken).ConfigureAwait(false);
        if (invocation.Get(_name) || invocation.Get(_uuid))
            invocation.Output.Lines([.. sorted.Select(entry => Identity(invocation, entry.Pool))]);
        else if (invocation.Get(_details))
            await ListDetailsAsync(invocation, sorted).ConfigureAwait(false);
        else
            await ListAsync(invocation, sorted).ConfigureAwait(false);
    }

    private static async Task<List<(StoragePool Pool, bool IsActive)>> SortAsync(IReadOnlyList<StoragePool> pools, CancellationToken cancellation)
    {
        List<(StoragePool Pool, bool IsActive)> entries = [];
        foreach (StoragePool pool in pools)
            entries.Add((pool, await pool.IsActiveAsync(cancellationToken: cancellation).ConfigureAwait(false)));
        return [.. entries.OrderByDescending(entry => entry.IsActive).ThenBy(entry => entry.Pool.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static async Task ListAsync(Invocation invocation, IEnumerable<(StoragePool Pool, bool IsActive)> pools)
    {
        List<IReadOnlyList<Field>> rows = [];
        foreach ((StoragePool pool, bool isActive) in pools)
        {
            rows.Add(
            [
                StorageFields.Name(pool), Field.Of("state", "State", isActive ? "active" : "inactive"),
                await AutostartAsync(pool, invocation).ConfigureAwait(false), StorageFields.Uuid(pool),
            ]);
        }

        invocation.Output.List(["Name", "State", "Autostart"], rows);
    }

    private static async Task ListDetailsAsync(Invocation invocation, IEnumerable<(StoragePool Pool, bool IsActive)> pools)
    {
        List<IReadOnlyList<Field>> rows = [];
        foreach ((StoragePool pool, _) in pools)
        {
            StoragePoolInfo info = await pool.GetInfoAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
            bool persistent = await pool.IsPersistentAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
            rows.Add(
            [
                StorageFields.Name(pool), StorageFields.State(info.State), await AutostartAsync(pool, invocation).ConfigureAwait(false),
                Field.Of("persistent", "Persistent", persistent), Size("capacity", info, info.Capacity), Size("allocation", info, info.Allocation),
                Size("available", info, info.Available), StorageFields.Uuid(pool),
            ]);
        }

        invocation.Output.List(["Name", "State", "Autostart", "Persistent", "Capacity", "Allocation", "Available"], rows);
    }

    // Nothing is known of the size of a pool that is not there.
    private static Field Size(string name, StoragePoolInfo info, ulong bytes) =>
        info.State is StoragePoolState.Running or StoragePoolState.Degraded ? ByteSize.Field(name, name, bytes) : new Field(name, name, "-", null);

    private static async Task<Field> AutostartAsync(StoragePool pool, Invocation invocation) => Field.Of(
        "autostart", "Autostart", await pool.GetAutostartAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false));

    private ConnectListAllStoragePoolsFlags Wanted(Invocation invocation)
    {
        ConnectListAllStoragePoolsFlags activity = (invocation.Get(_all), invocation.Get(_inactive)) switch
        {
            (true, _) => ConnectListAllStoragePoolsFlags.Active | ConnectListAllStoragePoolsFlags.Inactive,
            (_, true) => ConnectListAllStoragePoolsFlags.Inactive,
            _ => ConnectListAllStoragePoolsFlags.Active,
        };
        return activity | invocation.Get(_type) | (ConnectListAllStoragePoolsFlags)FlagOption.Sum(invocation, _filters);
    }

    private List<Field> Identity(Invocation invocation, StoragePool pool)
    {
        List<Field> fields = [];
        if (invocation.Get(_uuid))
            fields.Add(StorageFields.Uuid(pool));
        if (invocation.Get(_name))
            fields.Add(StorageFields.Name(pool));
        return fields;
    }
}
