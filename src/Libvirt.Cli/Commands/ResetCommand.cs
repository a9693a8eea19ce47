using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;

namespace Libvirt.Cli.Commands;

/// <summary><c>reset</c>: presses a domain's reset button.</summary>
internal sealed class ResetCommand() : DomainCommand("reset", "Reset a domain as its reset button would, without asking the guest.")
{
    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        await domain.ResetAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Domain '{domain}' was reset", DomainFields.Subject(domain));
    }
}
