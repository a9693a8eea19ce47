using Libvirt.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Libvirt.Connection;

/// <summary>Runs a caller's continuation on a thread of ours, and leaves the thread as it was.</summary>
internal static class CallerCode
{
    public static void Run(IWaiter call, ILogger log)
    {
        ExecutionContext? clean = ExecutionContext.Capture();
        try
        {
            call.Tell(inline: true);
        }
        catch (Exception error)
        {
            // An await never throws here; an awaiter of the caller's own making has. The connection and the other callers have no part in it.
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
            // Nor in what its log does.
        }
    }
}
