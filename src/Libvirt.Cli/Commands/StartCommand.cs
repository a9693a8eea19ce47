using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;

namespace Libvirt.Cli.Commands;

/// <summary><c>start</c>: starts a defined domain.</summary>
internal sealed class StartCommand : DomainCommand
{
    private readonly FlagOption[] _flags =
    [
        .. CreateFlags.Options(),
        new("--bypass-cache", (uint)DomainCreateFlags.StartBypassCache, "Read a managed save past the host's file cache."),
        new("--force-boot", (uint)DomainCreateFlags.StartForceBoot, "Boot anew; a managed save is thrown away."),
    ];

    public StartCommand()
        : base("start", "Start a defined domain.")
    {
        foreach (FlagOption option in _flags)
            Add(option);
    }

    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        var flags = (DomainCreateFlags)FlagOption.Sum(invocation, _flags);
        // The plain procedure is older than the one with flags: every daemon has it.
        if (flags == 0)
            await domain.CreateAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        else
            await domain.CreateWithFlagsAsync(flags, cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Domain '{domain}' started", DomainFields.Subject(domain));
    }
}
