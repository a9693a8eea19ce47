using Libvirt.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Libvirt.Threads;

/// <summary>Runs a caller's continuation on one of the runtime's threads and leaves the thread as it was.</summary>
internal static class CallerCode
{
    public static void Run(IContinuation continuation, ILogger log)
    {
        ExecutionContext? clean = ExecutionContext.Capture();
        try
        {
            continuation.Continue(inline: true);
        }
        catch (Exception error)
        {
            // An await never throws here, but a custom awaiter can. The connection and the other callers are not affected.
            Report(error, log);
        }

        if (SynchronizationContext.Current is not null)
            SynchronizationContext.SetSynchronizationContext(null);
        if (clean is not null && clean != ExecutionContext.Capture())
            ExecutionContext.Restore(clean);
    }

    private static void Report(Exception error, ILogger log)
    {
        try
        {
            ConnectionLog.ContinuationThrew(log, error);
        }
        catch (Exception)
        {
            // A failing logger must not affect the connection.
        }
    }
}
