using Libvirt.Cli.Connecting;

namespace Libvirt.Cli.Storage;

/// <summary><c>pool-destroy</c>: stops a pool.</summary>
internal sealed class PoolDestroyCommand() : PoolCommand("pool-destroy", "Stop a storage pool; what lies in it stays.")
{
    protected override async Task RunAsync(Invocation invocation, StoragePool pool)
    {
        await pool.DestroyAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Pool {pool} destroyed", StorageFields.Subject(pool));
    }
}
