using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Commands;

/// <summary><c>dumpxml</c>: a domain's XML.</summary>
internal sealed class DumpXmlCommand : DomainCommand
{
    private readonly FlagOption[] _flags =
    [
        new("--inactive", (uint)DomainXmlFlags.Inactive, "As it will be at its next start, where that differs."),
        new("--security-info", (uint)DomainXmlFlags.Secure, "With secrets, such as the passwords of displays."),
        new("--update-cpu", (uint)DomainXmlFlags.UpdateCpu, "With the processor's features as this host has them."),
        new("--migratable", (uint)DomainXmlFlags.Migratable, "In a form that suits a migration to an older libvirt."),
    ];

    public DumpXmlCommand()
        : base("dumpxml", "Print the XML of a domain.")
    {
        foreach (FlagOption option in _flags)
            Add(option);
    }

    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        string xml = await domain.GetXmlDescAsync(
            (DomainXmlFlags)FlagOption.Sum(invocation, _flags), cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Payload(Field.Of("xml", "XML", xml));
    }
}
