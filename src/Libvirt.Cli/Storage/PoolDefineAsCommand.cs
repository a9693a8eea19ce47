using System.CommandLine;
using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Storage;

/// <summary><c>pool-define-as</c>: makes a persistent pool from options in place of XML.</summary>
internal sealed class PoolDefineAsCommand : HypervisorCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The pool's name." };
    private readonly Argument<string> _type = new("TYPE") { Description = "What it is: dir, fs, netfs, logical, disk, iscsi and so on." };
    private readonly Option<string?> _sourceHost = Text("--source-host", "HOST", "The host that its storage comes from.");
    private readonly Option<string?> _sourcePath = Text("--source-path", "PATH", "The directory on that host.");
    private readonly Option<string?> _sourceDevice = Text("--source-dev", "DEVICE", "The device that its storage lies on.");
    private readonly Option<string?> _sourceName = Text("--source-name", "NAME", "What its storage is called there, such as a group of volumes.");
    private readonly Option<string?> _sourceFormat = Text("--source-format", "FORMAT", "The format of its storage.");
    private readonly Option<string?> _target = Text("--target", "PATH", "Where its volumes appear on the host.");
    private readonly Option<bool> _printXml = new("--print-xml") { Description = "Print the XML and define nothing." };

    public PoolDefineAsCommand()
        : base("pool-define-as", "Make a persistent storage pool; it is neither built nor started.")
    {
        Add(_name);
        Add(_type);
        foreach (Option option in (Option[])[_sourceHost, _sourcePath, _sourceDevice, _sourceName, _sourceFormat, _target, _printXml])
            Add(option);
    }

    protected override async Task RunAsync(Invocation invocation)
    {
        string xml = new PoolXml(invocation.Get(_name)!, invocation.Get(_type)!)
        {
            SourceHost = invocation.Get(_sourceHost),
            SourcePath = invocation.Get(_sourcePath),
            SourceDevice = invocation.Get(_sourceDevice),
            SourceName = invocation.Get(_sourceName),
            SourceFormat = invocation.Get(_sourceFormat),
            Target = invocation.Get(_target),
        }.ToString();
        if (invocation.Get(_printXml))
        {
            invocation.Output.Value(Field.Of("xml", "XML", xml));
            return;
        }

        Hypervisor hypervisor = await invocation.ConnectAsync().ConfigureAwait(false);
        StoragePool pool = await hypervisor.DefineStoragePoolXmlAsync(xml, cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Pool {pool} defined", StorageFields.Subject(pool));
    }

    private static Option<string?> Text(string name, string value, string description) => new(name) { Description = description, HelpName = value };
}
