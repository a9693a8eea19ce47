using System.CommandLine;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Failures;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Administration;

/// <summary><c>srv-threadpool-set</c>: changes the limits of a server's worker threads.</summary>
internal sealed class SrvThreadpoolSetCommand : ServerCommand
{
    private readonly Option<uint?> _min = new("--min-workers") { Description = "The fewest threads.", HelpName = "NUMBER" };
    private readonly Option<uint?> _max = new("--max-workers") { Description = "The most threads.", HelpName = "NUMBER" };
    private readonly Option<uint?> _priority = new("--priority-workers") { Description = "The threads for short calls alone.", HelpName = "NUMBER" };

    public SrvThreadpoolSetCommand()
        : base("srv-threadpool-set", "Change the limits of a server's worker threads, until the daemon's restart.")
    {
        Add(_min);
        Add(_max);
        Add(_priority);
    }

    protected override void CheckArguments(Invocation invocation)
    {
        if (!invocation.Has(_min) && !invocation.Has(_max) && !invocation.Has(_priority))
            throw new UsageException("give at least one of --min-workers, --max-workers and --priority-workers");
    }

    protected override async Task RunAsync(Invocation invocation, DaemonServer server)
    {
        await server.SetThreadPoolParametersAsync(
            invocation.Get(_min), invocation.Get(_max), invocation.Get(_priority), cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Worker threads of server '{server}' changed", Field.Of("name", "Name", server.Name));
    }
}
