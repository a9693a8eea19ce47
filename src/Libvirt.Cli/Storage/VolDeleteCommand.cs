using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;

namespace Libvirt.Cli.Storage;

/// <summary><c>vol-delete</c>: deletes a volume with all that it holds.</summary>
internal sealed class VolDeleteCommand : VolumeCommand
{
    private readonly FlagOption _snapshots = new("--delete-snapshots", (uint)StorageVolDeleteFlags.WithSnapshots, "Its snapshots, too.");

    public VolDeleteCommand()
        : base("vol-delete", "Delete a volume with all that it holds.")
    {
        Add(_snapshots);
    }

    protected override async Task RunAsync(Invocation invocation, StorageVolume volume)
    {
        await volume.DeleteAsync((StorageVolDeleteFlags)FlagOption.Sum(invocation, [_snapshots]), cancellationToken: invocation.CancellationToken)
            .ConfigureAwait(false);
        invocation.Output.Done($"Vol {volume.Name} deleted", StorageFields.Subject(volume));
    }
}
