using System.CommandLine;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Storage;

/// <summary><c>pool-info</c>: the facts about one pool.</summary>
internal sealed class PoolInfoCommand : PoolCommand
{
    private readonly Option<bool> _bytes = new("--bytes") { Description = "Sizes in bytes." };

    public PoolInfoCommand()
        : base("pool-info", "Print the facts about a storage pool.")
    {
        Add(_bytes);
    }

    protected override async Task RunAsync(Invocation invocation, StoragePool pool)
    {
        CancellationToken cancellation = invocation.CancellationToken;
        StoragePoolInfo info = await pool.GetInfoAsync(cancellationToken: cancellation).ConfigureAwait(false);
        List<Field> fields =
        [
            StorageFields.Name(pool),
            StorageFields.Uuid(pool),
            StorageFields.State(info.State),
            Field.Of("persistent", "Persistent", await pool.IsPersistentAsync(cancellationToken: cancellation).ConfigureAwait(false)),
            Field.Of("autostart", "Autostart", await pool.GetAutostartAsync(cancellationToken: cancellation).ConfigureAwait(false)),
        ];
        if (info.State is StoragePoolState.Running or StoragePoolState.Degraded)
            fields.AddRange([Size("capacity", "Capacity", info.Capacity), Size("allocation", "Allocation", info.Allocation), Size("available", "Available", info.Available)]);
        invocation.Output.Record(fields);

        Field Size(string name, string label, ulong bytes) => invocation.Get(_bytes) ? Field.Of(name, label, bytes) : ByteSize.Field(name, label, bytes);
    }
}
