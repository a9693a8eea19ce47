namespace Libvirt;

/// <summary>The worker threads of a daemon's server, which carry out its clients' calls. A figure that an old daemon does not tell is 0.</summary>
/// <param name="MinWorkers">The fewest threads that it keeps.</param>
/// <param name="MaxWorkers">The most threads that it starts.</param>
/// <param name="Workers">The threads that there are now.</param>
/// <param name="FreeWorkers">Those of them that have nothing to do.</param>
/// <param name="PriorityWorkers">The threads, on top of these, that carry out only calls that are sure not to wait for a hypervisor.</param>
/// <param name="JobQueueDepth">The calls that wait for a thread.</param>
public readonly record struct ThreadPoolParameters(
    uint MinWorkers, uint MaxWorkers, uint Workers, uint FreeWorkers, uint PriorityWorkers, uint JobQueueDepth)
{
    internal const string MinWorkersField = "minWorkers";
    internal const string MaxWorkersField = "maxWorkers";
    internal const string PriorityWorkersField = "prioWorkers";

    internal static ThreadPoolParameters From(TypedParameters parameters) => new(
        parameters.UInt32OrZero(MinWorkersField),
        parameters.UInt32OrZero(MaxWorkersField),
        parameters.UInt32OrZero("nWorkers"),
        parameters.UInt32OrZero("freeWorkers"),
        parameters.UInt32OrZero(PriorityWorkersField),
        parameters.UInt32OrZero("jobQueueDepth"));
}
