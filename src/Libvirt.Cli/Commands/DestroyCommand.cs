using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;

namespace Libvirt.Cli.Commands;

/// <summary><c>destroy</c>: pulls a domain's plug.</summary>
internal sealed class DestroyCommand : DomainCommand
{
    private readonly FlagOption[] _flags =
    [
        new("--graceful", (uint)DomainDestroyFlags.Graceful, "Fail rather than kill an emulator that does not end by itself."),
        new("--remove-logs", (uint)DomainDestroyFlags.RemoveLogs, "Remove the domain's log files."),
    ];

    public DestroyCommand()
        : base("destroy", "Stop a domain at once, as pulling its plug would. Its definition stays.")
    {
        foreach (FlagOption option in _flags)
            Add(option);
    }

    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        var flags = (DomainDestroyFlags)FlagOption.Sum(invocation, _flags);
        // The plain procedure is older than the one with flags: every daemon has it.
        if (flags == 0)
            await domain.DestroyAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        else
            await domain.DestroyFlagsAsync(flags, cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Domain '{domain}' destroyed", DomainFields.Subject(domain));
    }
}
