using System.Runtime;

namespace Libvirt.Bench.Work;

/// <summary>
/// Lets work run until it runs as it would for hours. The runtime compiles what is used much once more, and better, in the background: on two cores that takes
/// longer than a second, and time from the daemon. The peers have been compiled before.
/// </summary>
internal static class WarmUp
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Waits so long, and then until nothing has been compiled for half a second, five seconds more at the most. Ends early when any of the work has ended.
    /// </summary>
    public static async Task WaitAsync(TimeSpan atLeast, params IReadOnlyCollection<Task> running)
    {
        await Task.WhenAny([Task.Delay(atLeast), .. running]);
        long before = -1;
        for (TimeSpan waited = TimeSpan.Zero; waited < Longest && before != JitInfo.GetCompiledMethodCount(); waited += Quiet)
        {
            before = JitInfo.GetCompiledMethodCount();
            await Task.WhenAny([Task.Delay(Quiet), .. running]);
        }
    }
}
