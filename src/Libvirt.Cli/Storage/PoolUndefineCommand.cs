using Libvirt.Cli.Connecting;

namespace Libvirt.Cli.Storage;

/// <summary><c>pool-undefine</c>: removes a pool's definition.</summary>
internal sealed class PoolUndefineCommand() : PoolCommand("pool-undefine", "Remove the definition of a storage pool that is not active; what lies in it stays.")
{
    protected override async Task RunAsync(Invocation invocation, StoragePool pool)
    {
        await pool.UndefineAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Pool {pool} has been undefined", StorageFields.Subject(pool));
    }
}
