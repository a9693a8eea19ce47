using System.CommandLine;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Storage;

/// <summary><c>vol-list</c>: the volumes of a pool.</summary>
internal sealed class VolListCommand : PoolCommand
{
    private readonly Option<bool> _details = new("--details") { Description = "How large they are, too." };

    public VolListCommand()
        : base("vol-list", "List the volumes of a storage pool.")
    {
        Add(_details);
    }

    protected override async Task RunAsync(Invocation invocation, StoragePool pool)
    {
        bool details = invocation.Get(_details);
        IReadOnlyList<StorageVolume> volumes = await pool.ListAllVolumesAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        List<IReadOnlyList<Field>> rows = [];
        foreach (StorageVolume volume in volumes.OrderBy(volume => volume.Name, StringComparer.OrdinalIgnoreCase))
        {
            List<Field> row =
            [
                StorageFields.Name(volume),
                StorageFields.Path(await volume.GetPathAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false)),
            ];
            if (details)
            {
                StorageVolumeInfo info = await volume.GetInfoAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
                row.AddRange(
                [
                    StorageFields.Type(info.Type), ByteSize.Field("capacity", "Capacity", info.Capacity),
                    ByteSize.Field("allocation", "Allocation", info.Allocation),
                ]);
            }

            rows.Add(row);
        }

        invocation.Output.List(details ? ["Name", "Path", "Type", "Capacity", "Allocation"] : ["Name", "Path"], rows);
    }
}
