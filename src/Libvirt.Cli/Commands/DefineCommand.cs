using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;
using Libvirt.Cli.Input;

namespace Libvirt.Cli.Commands;

/// <summary><c>define</c>: makes a persistent domain, or changes it, from XML.</summary>
internal sealed class DefineCommand : HypervisorCommand
{
    private readonly FileArgument _file = FileArgument.Create("The domain's XML; '-' for stdin.");
    private readonly FlagOption _validate = new("--validate", (uint)DomainDefineFlags.Validate, "Have the daemon check the XML against its schema.");

    public DefineCommand()
        : base("define", "Make a persistent domain from XML, or change one; it is not started.")
    {
        Add(_file);
        Add(_validate);
    }

    protected override async Task RunAsync(Invocation invocation)
    {
        string xml = await _file.ReadAsync(invocation).ConfigureAwait(false);
        Hypervisor hypervisor = await invocation.ConnectAsync().ConfigureAwait(false);
        // The plain procedure is older than the one with flags: every daemon has it.
        Domain domain = invocation.Get(_validate)
            ? await hypervisor.DefineDomainXmlFlagsAsync(
                xml, DomainDefineFlags.Validate, cancellationToken: invocation.CancellationToken).ConfigureAwait(false)
            : await hypervisor.DefineDomainXmlAsync(xml, cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Domain '{domain}' defined", DomainFields.Subject(domain));
    }
}
