using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;

namespace Libvirt.Cli.Commands;

/// <summary><c>suspend</c>: stops a domain's processors.</summary>
internal sealed class SuspendCommand() : DomainCommand("suspend", "Stop the processors of a running domain; its memory stays.")
{
    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        await domain.SuspendAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Domain '{domain}' is suspended", DomainFields.Subject(domain));
    }
}
