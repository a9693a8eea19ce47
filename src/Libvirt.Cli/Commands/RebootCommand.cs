using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;

namespace Libvirt.Cli.Commands;

/// <summary><c>reboot</c>: asks a guest to reboot.</summary>
internal sealed class RebootCommand : DomainCommand
{
    private readonly ModeOption _mode = new();

    public RebootCommand()
        : base("reboot", "Ask a guest to reboot. The command does not wait until it has.")
    {
        Add(_mode);
    }

    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        await domain.RebootAsync((DomainRebootFlags)invocation.Get(_mode), cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Domain '{domain}' was asked to reboot", DomainFields.Subject(domain));
    }
}
