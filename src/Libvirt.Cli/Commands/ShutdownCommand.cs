using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;

namespace Libvirt.Cli.Commands;

/// <summary><c>shutdown</c>: asks a guest to shut down.</summary>
internal sealed class ShutdownCommand : DomainCommand
{
    private readonly ModeOption _mode = new();

    public ShutdownCommand()
        : base("shutdown", "Ask a guest to shut down. The command does not wait until it has.")
    {
        Add(_mode);
    }

    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        DomainShutdownFlags flags = invocation.Get(_mode);
        // The plain procedure is older than the one with flags: every daemon has it.
        if (flags == 0)
            await domain.ShutdownAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        else
            await domain.ShutdownFlagsAsync(flags, cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Domain '{domain}' was asked to shut down", DomainFields.Subject(domain));
    }
}
