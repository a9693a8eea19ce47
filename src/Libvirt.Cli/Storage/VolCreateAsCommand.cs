using System.CommandLine;
using System.Xml.Linq;
using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Storage;

/// <summary><c>vol-create-as</c>: makes a volume from options in place of XML.</summary>
internal sealed class VolCreateAsCommand : PoolCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The volume's name." };
    private readonly Argument<ulong?> _capacity = SizeOption.CreateArgument("CAPACITY", "How much it can hold");
    private readonly Option<ulong?> _allocation = SizeOption.Create("--allocation", "How much space it takes from the beginning");
    private readonly Option<string?> _format = new("--format") { Description = "The format of its file: raw, qcow2 and so on.", HelpName = "FORMAT" };
    private readonly Option<string?> _backing = new("--backing-vol") { Description = "The volume that it is a difference to: its name, key or path.", HelpName = "VOLUME" };
    private readonly Option<string?> _backingFormat = new("--backing-vol-format") { Description = "The format of that one.", HelpName = "FORMAT" };
    private readonly Option<bool> _printXml = new("--print-xml") { Description = "Print the XML and make nothing." };

    private readonly FlagOption _preallocate = new(
        "--prealloc-metadata", (uint)StorageVolCreateFlags.PreallocMetadata, "Allocate the tables of a qcow2 file from the beginning.");

    public VolCreateAsCommand()
        : base("vol-create-as", "Make a volume in a storage pool.")
    {
        Add(_name);
        Add(_capacity);
        foreach (Option option in (Option[])[_allocation, _format, _backing, _backingFormat, _preallocate, _printXml])
            Add(option);
    }

    protected override async Task RunAsync(Invocation invocation, StoragePool pool)
    {
        string xml = (await DescribeAsync(invocation, pool).ConfigureAwait(false)).ToString();
        if (invocation.Get(_printXml))
        {
            invocation.Output.Payload(Field.Of("xml", "XML", xml));
            return;
        }

        StorageVolume volume = await pool.CreateVolumeXmlAsync(
            xml, (StorageVolCreateFlags)FlagOption.Sum(invocation, [_preallocate]), cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Vol {volume.Name} created", StorageFields.Subject(volume));
    }

    private async Task<XElement> DescribeAsync(Invocation invocation, StoragePool pool) => new(
        "volume",
        new XElement("name", invocation.Get(_name)),
        new XElement("capacity", invocation.Get(_capacity)),
        invocation.Get(_allocation) is { } allocation ? new XElement("allocation", allocation) : null,
        invocation.Get(_format) is { } format ? new XElement("target", Format(format)) : null,
        invocation.Get(_backing) is { } backing
            ? new XElement("backingStore", new XElement("path", await PathAsync(invocation, pool, backing).ConfigureAwait(false)), Format(invocation.Get(_backingFormat)))
            : null);

    private static async Task<string> PathAsync(Invocation invocation, StoragePool pool, string volume) =>
        await (await StorageLookup.FindVolumeAsync(pool.Hypervisor, volume, pool.Name, invocation.CancellationToken).ConfigureAwait(false))
            .GetPathAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);

    private static XElement? Format(string? format) => format is null ? null : new XElement("format", new XAttribute("type", format));
}
