using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;

namespace Libvirt.Cli.Commands;

/// <summary><c>domuuid</c>: a domain's uuid.</summary>
internal sealed class DomUuidCommand() : DomainCommand("domuuid", "Print the UUID of a domain.")
{
    protected override Task RunAsync(Invocation invocation, Domain domain)
    {
        invocation.Output.Value(DomainFields.Uuid(domain));
        return Task.CompletedTask;
    }
}
