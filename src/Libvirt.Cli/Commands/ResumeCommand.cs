using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;

namespace Libvirt.Cli.Commands;

/// <summary><c>resume</c>: lets a suspended domain go on.</summary>
internal sealed class ResumeCommand() : DomainCommand("resume", "Let a suspended domain go on.")
{
    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        await domain.ResumeAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Domain '{domain}' goes on", DomainFields.Subject(domain));
    }
}
