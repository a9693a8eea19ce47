using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;

namespace Libvirt.Cli.Commands;

/// <summary><c>domid</c>: a domain's id.</summary>
internal sealed class DomIdCommand() : DomainCommand("domid", "Print the id of a domain; '-' when it is not active.")
{
    protected override Task RunAsync(Invocation invocation, Domain domain)
    {
        invocation.Output.Value(DomainFields.Id(domain));
        return Task.CompletedTask;
    }
}
