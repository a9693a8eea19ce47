using System.CommandLine;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Storage;

/// <summary><c>vol-info</c>: the facts about one volume.</summary>
internal sealed class VolInfoCommand : VolumeCommand
{
    private readonly Option<bool> _bytes = new("--bytes") { Description = "Sizes in bytes." };
    private readonly Option<bool> _physical = new("--physical") { Description = "The size of the file or device in place of what is allocated." };

    public VolInfoCommand()
        : base("vol-info", "Print the facts about a volume.")
    {
        Add(_bytes);
        Add(_physical);
    }

    protected override async Task RunAsync(Invocation invocation, StorageVolume volume)
    {
        bool physical = invocation.Get(_physical);
        // The plain procedure is older than the one with flags: every daemon has it.
        StorageVolumeInfo info = physical
            ? await volume.GetInfoFlagsAsync(StorageVolInfoFlags.GetPhysical, cancellationToken: invocation.CancellationToken).ConfigureAwait(false)
            : await volume.GetInfoAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Record(
        [
            StorageFields.Name(volume),
            StorageFields.Type(info.Type),
            Size("capacity", "Capacity", info.Capacity),
            physical ? Size("physical", "Physical", info.Allocation) : Size("allocation", "Allocation", info.Allocation),
        ]);

        Field Size(string name, string label, ulong bytes) =>
            invocation.Get(_bytes) ? Field.Of(name, label, bytes, "bytes") : ByteSize.Field(name, label, bytes);
    }
}
