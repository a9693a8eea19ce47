using System.CommandLine;
using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;

namespace Libvirt.Cli.Storage;

/// <summary>A command about one volume, which its first argument names.</summary>
internal abstract class VolumeCommand : HypervisorCommand
{
    private readonly Argument<string> _volume = new("VOLUME") { Description = "The volume: its name, where --pool is given, else its key or its path." };
    private readonly Option<string?> _pool = new("--pool") { Description = "The pool that it lies in: its UUID or its name.", HelpName = "POOL" };

    protected VolumeCommand(string name, string description)
        : base(name, description)
    {
        Add(_volume);
        Add(_pool);
    }

    /// <summary>Carries the command out on the volume that was found.</summary>
    protected abstract Task RunAsync(Invocation invocation, StorageVolume volume);

    /// <summary>Looks at the arguments before anything is sent.</summary>
    /// <exception cref="Failures.UsageException">They cannot be used.</exception>
    protected virtual void CheckArguments(Invocation invocation)
    {
    }

    protected sealed override async Task RunAsync(Invocation invocation)
    {
        CheckArguments(invocation);
        Hypervisor hypervisor = await invocation.ConnectAsync().ConfigureAwait(false);
        StorageVolume volume = await StorageLookup.FindVolumeAsync(
            hypervisor, invocation.Get(_volume)!, invocation.Get(_pool), invocation.CancellationToken).ConfigureAwait(false);
        await RunAsync(invocation, volume).ConfigureAwait(false);
    }
}
