using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;

namespace Libvirt.Cli.Storage;

/// <summary><c>pool-start</c>: starts a defined pool.</summary>
internal sealed class PoolStartCommand : PoolCommand
{
    private readonly FlagOption[] _flags =
    [
        new("--build", (uint)StoragePoolCreateFlags.WithBuild, "Build it first."),
        new("--overwrite", (uint)StoragePoolCreateFlags.WithBuildOverwrite, "Build it first and overwrite what is there."),
        new("--no-overwrite", (uint)StoragePoolCreateFlags.WithBuildNoOverwrite, "Build it first and fail where something is there."),
    ];

    public PoolStartCommand()
        : base("pool-start", "Start a storage pool that is defined.")
    {
        foreach (FlagOption option in _flags)
            Add(option);
    }

    protected override async Task RunAsync(Invocation invocation, StoragePool pool)
    {
        await pool.CreateAsync((StoragePoolCreateFlags)FlagOption.Sum(invocation, _flags), cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Pool {pool} started", StorageFields.Subject(pool));
    }
}
