using Akka;
using Akka.Streams.Dsl;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt;

public sealed partial class Hypervisor
{
    /// <summary>
    /// The state, then each change of it, up to and including <see cref="HypervisorState.Closed"/>, with which the source completes. It begins with the first
    /// demand. Of more than 64 changes that wait for demand the oldest are lost. Never fails.
    /// </summary>
    public Source<HypervisorState, NotUsed> StateSource() =>
        Source.FromGraph(new ReadingStage<HypervisorState, UnseenControl>(
                "libvirt-states", static () => new UnseenControl(), (_, token) => _link.States.FollowAsync(token)))
            .MapMaterializedValue(static _ => NotUsed.Instance);

    /// <summary>A flow of calls: each element is the arguments of one, its result goes out in the same order.</summary>
    /// <param name="procedure">Which procedure, such as <c>RemoteProcedures.DomainGetInfo</c>.</param>
    /// <param name="parallelism">How many calls may be under way at one time.</param>
    /// <param name="options">The limits of each call.</param>
    /// <returns>
    /// The flow. A call that fails with <see cref="LibvirtException"/> fails it, or is left out where <c>ActorAttributes.CreateSupervisionStrategy</c> resumes.
    /// Calls that are under way when it ends are given up; the daemon may still carry them out.
    /// </returns>
    public Flow<TArgs, TRet, NotUsed> CallFlow<TArgs, TRet>(Procedure<TArgs, TRet> procedure, int parallelism, CallOptions options = default)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        ArgumentNullException.ThrowIfNull(procedure);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parallelism);
        return Flow.Setup((_, attributes) =>
            {
                CancellationTokenSource ended = new();
                return Flow.Create<TArgs>()
                    .SelectAsync(parallelism, args => Calls.CallAsync(procedure, args, options, ended.Token).AsTask())
                    .WithAttributes(attributes)
                    .WatchTermination((_, termination) => GiveUpAfterAsync(termination, ended));
            })
            .MapMaterializedValue(static _ => NotUsed.Instance);
    }

    private static async Task GiveUpAfterAsync(Task termination, CancellationTokenSource calls)
    {
        await termination.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await calls.CancelAsync().ConfigureAwait(false);
        calls.Dispose();
    }
}
