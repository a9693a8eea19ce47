using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;

namespace Libvirt.Cli.Commands;

/// <summary><c>undefine</c>: removes a domain's definition.</summary>
internal sealed class UndefineCommand : DomainCommand
{
    private readonly FlagOption[] _flags =
    [
        new("--managed-save", (uint)DomainUndefineFlags.ManagedSave, "Remove its managed save as well."),
        new("--snapshots-metadata", (uint)DomainUndefineFlags.SnapshotsMetadata, "Remove what libvirt knows of its snapshots as well."),
        new("--checkpoints-metadata", (uint)DomainUndefineFlags.CheckpointsMetadata, "Remove what libvirt knows of its checkpoints as well."),
        new("--nvram", (uint)DomainUndefineFlags.Nvram, "Remove its firmware's variables as well."),
        new("--keep-nvram", (uint)DomainUndefineFlags.KeepNvram, "Keep its firmware's variables."),
        new("--tpm", (uint)DomainUndefineFlags.Tpm, "Remove its emulated TPM's state as well."),
        new("--keep-tpm", (uint)DomainUndefineFlags.KeepTpm, "Keep its emulated TPM's state."),
    ];

    public UndefineCommand()
        : base("undefine", "Remove a domain's definition. A running domain goes on as a transient one.")
    {
        foreach (FlagOption option in _flags)
            Add(option);
    }

    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        var flags = (DomainUndefineFlags)FlagOption.Sum(invocation, _flags);
        // The plain procedure is older than the one with flags: every daemon has it.
        if (flags == 0)
            await domain.UndefineAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        else
            await domain.UndefineFlagsAsync(flags, cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Domain '{domain}' undefined", DomainFields.Subject(domain));
    }
}
