using System.CommandLine;
using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;

namespace Libvirt.Cli.Storage;

/// <summary>A command about one storage pool, which its first argument names.</summary>
internal abstract class PoolCommand : HypervisorCommand
{
    private readonly Argument<string> _pool = new("POOL") { Description = "The pool: its UUID or its name." };

    protected PoolCommand(string name, string description)
        : base(name, description)
    {
        Add(_pool);
    }

    /// <summary>Carries the command out on the pool that was found.</summary>
    protected abstract Task RunAsync(Invocation invocation, StoragePool pool);

    protected sealed override async Task RunAsync(Invocation invocation)
    {
        Hypervisor hypervisor = await invocation.ConnectAsync().ConfigureAwait(false);
        StoragePool pool = await StorageLookup.FindPoolAsync(hypervisor, invocation.Get(_pool)!, invocation.CancellationToken).ConfigureAwait(false);
        await RunAsync(invocation, pool).ConfigureAwait(false);
    }
}
