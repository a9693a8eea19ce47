using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;

namespace Libvirt.Cli.Storage;

/// <summary><c>pool-build</c>: makes the storage that a pool stands on.</summary>
internal sealed class PoolBuildCommand : PoolCommand
{
    private readonly FlagOption[] _flags =
    [
        new("--overwrite", (uint)StoragePoolBuildFlags.Overwrite, "Overwrite what is there."),
        new("--no-overwrite", (uint)StoragePoolBuildFlags.NoOverwrite, "Fail where something is there."),
    ];

    public PoolBuildCommand()
        : base("pool-build", "Make the storage that a pool stands on: its directory, its file system.")
    {
        foreach (FlagOption option in _flags)
            Add(option);
    }

    protected override async Task RunAsync(Invocation invocation, StoragePool pool)
    {
        await pool.BuildAsync((StoragePoolBuildFlags)FlagOption.Sum(invocation, _flags), cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Pool {pool} built", StorageFields.Subject(pool));
    }
}
