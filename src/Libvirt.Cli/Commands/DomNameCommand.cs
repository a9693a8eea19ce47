using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;

namespace Libvirt.Cli.Commands;

/// <summary><c>domname</c>: a domain's name.</summary>
internal sealed class DomNameCommand() : DomainCommand("domname", "Print the name of a domain.")
{
    protected override Task RunAsync(Invocation invocation, Domain domain)
    {
        invocation.Output.Value(DomainFields.Name(domain));
        return Task.CompletedTask;
    }
}
