using System.CommandLine;
using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Failures;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Storage;

/// <summary><c>pool-define-as</c>: makes a persistent pool from options in place of XML.</summary>
internal sealed class PoolDefineAsCommand : HypervisorCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The pool's name." };
    private readonly Argument<string> _type = new("TYPE") { Description = "What it is: dir, fs, netfs, logical, disk, iscsi and so on." };
    private readonly Option<bool> _printXml = new("--print-xml") { Description = "Print the XML and define nothing." };

    private readonly Option<string?>[] _parts =
    [
        Part("source-host", "HOST", "The host that its storage comes from."),
        Part("source-path", "PATH", "The directory on that host."),
        Part("source-dev", "DEVICE", "The device that its storage lies on."),
        Part("source-name", "NAME", "What its storage is called there, such as a group of volumes."),
        Part("source-format", "FORMAT", "The format of its storage."),
        Part("source-initiator", "IQN", "The iSCSI name that this host gives itself."),
        Part("source-protocol-ver", "VERSION", "The version of NFS."),
        Part("target", "PATH", "Where its volumes appear on the host."),
        Part("auth-type", "TYPE", "How the user is known to the storage: chap or ceph. With --auth-username and a secret."),
        Part("auth-username", "USER", "The user."),
        Part("secret-usage", "USAGE", "The usage of the secret with the user's password."),
        Part("secret-uuid", "UUID", "The same secret's UUID, in place of its usage."),
        Part("adapter-name", "NAME", "The SCSI adapter, such as scsi_host1."),
        Part("adapter-wwnn", "WWNN", "The node name of a Fibre Channel adapter. With --adapter-wwpn."),
        Part("adapter-wwpn", "WWPN", "Its port name."),
        Part("adapter-parent", "NAME", "The adapter that a virtual one is made on."),
        Part("adapter-parent-wwnn", "WWNN", "The same adapter by its node name. With --adapter-parent-wwpn."),
        Part("adapter-parent-wwpn", "WWPN", "Its port name."),
        Part("adapter-parent-fabric-wwn", "WWN", "The same adapter by its fabric."),
    ];

    public PoolDefineAsCommand()
        : base("pool-define-as", "Make a persistent storage pool; it is neither built nor started.")
    {
        Add(_name);
        Add(_type);
        foreach (Option<string?> part in _parts)
            Add(part);
        Add(_printXml);
    }

    protected override async Task RunAsync(Invocation invocation)
    {
        if (PartOf(invocation, "secret-usage") is not null && PartOf(invocation, "secret-uuid") is not null)
            throw new UsageException("--secret-usage and --secret-uuid name the same secret: give one of them");
        string xml = new PoolXml(invocation.Get(_name)!, invocation.Get(_type)!, word => PartOf(invocation, word)).ToString();
        if (invocation.Get(_printXml))
        {
            invocation.Output.Payload(Field.Of("xml", "XML", xml));
            return;
        }

        Hypervisor hypervisor = await invocation.ConnectAsync().ConfigureAwait(false);
        StoragePool pool = await hypervisor.DefineStoragePoolXmlAsync(xml, cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Pool {pool} defined", StorageFields.Subject(pool));
    }

    private string? PartOf(Invocation invocation, string word) => invocation.Get(_parts.Single(part => part.Name == $"--{word}"));

    private static Option<string?> Part(string word, string value, string description) => new($"--{word}") { Description = description, HelpName = value };
}
