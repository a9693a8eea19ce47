using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Administration;

/// <summary><c>srv-threadpool-info</c>: the worker threads of a server.</summary>
internal sealed class SrvThreadpoolInfoCommand() : ServerCommand("srv-threadpool-info", "Print the worker threads of a server and their limits.")
{
    protected override async Task RunAsync(Invocation invocation, DaemonServer server)
    {
        ThreadPoolParameters pool = await server.GetThreadPoolParametersAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Record(
        [
            Field.Of("minWorkers", "minWorkers", pool.MinWorkers),
            Field.Of("maxWorkers", "maxWorkers", pool.MaxWorkers),
            Field.Of("nWorkers", "nWorkers", pool.Workers),
            Field.Of("freeWorkers", "freeWorkers", pool.FreeWorkers),
            Field.Of("prioWorkers", "prioWorkers", pool.PriorityWorkers),
            Field.Of("jobQueueDepth", "jobQueueDepth", pool.JobQueueDepth),
        ]);
    }
}
