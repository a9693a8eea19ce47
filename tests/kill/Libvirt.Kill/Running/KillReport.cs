using Libvirt.Kill.Load;
using Libvirt.Kill.Measuring;

namespace Libvirt.Kill.Running;

/// <summary>Prints the figures.</summary>
internal static class KillReport
{
    private static readonly (CallOutcome Outcome, string Text)[] Outcomes =
    [
        (CallOutcome.Answered, "answered"),
        (CallOutcome.Refused, "refused by the daemon"),
        (CallOutcome.LostSent, "connection lost, sent"),
        (CallOutcome.LostNotSent, "connection lost, not sent"),
        (CallOutcome.TimedOut, "timed out"),
        (CallOutcome.Unexpected, "without a proper outcome"),
    ];

    public static void PrintDuration(int kills, int daemons, TimeSpan duration) =>
        Print("kills", $"{kills:#,0}, of {daemons} daemons in turn, in {duration.TotalSeconds:0} s");

    public static void PrintLoads(IReadOnlyCollection<TargetLoad> loads, IReadOnlyCollection<Target> targets)
    {
        Print("calls begun", $"{loads.Sum(load => load.Ledger.Begun):#,0}");
        Print("calls ended", $"{loads.Sum(load => load.Ledger.Ended):#,0}");
        foreach ((CallOutcome outcome, string text) in Outcomes)
            Print($"  {text}", $"{loads.Sum(load => load.Ledger.Count(outcome)):#,0}");
        (TimeSpan longest, string name) = loads.Select(load => load.Ledger.Longest).DefaultIfEmpty((default, "none")).MaxBy(call => call.Item1);
        Print("longest call", $"{longest.TotalSeconds:0.00} s, {name}");
        Print("connections lost", $"{loads.Sum(load => load.Lost):#,0}");
        Print("gaps reported", $"{loads.Sum(load => load.Gaps.Count):#,0}");
        Print("events received", $"{loads.Sum(load => load.Events):#,0}, and {loads.Sum(load => load.Dropped):#,0} reported as dropped");
        Print("longest return", $"{targets.Select(target => target.LongestReturn).DefaultIfEmpty().Max().TotalMilliseconds:0} ms from the daemon's first answer to ready");
    }

    public static void PrintResources(Resources before, Resources after)
    {
        Print("actors", $"{before.Actors} before, {after.Actors} after");
        Print("sockets", $"{before.Sockets} before, {after.Sockets} after");
        Print("open descriptors", $"{before.Files} before, {after.Files} after");
        Print("threads", $"{before.Threads} before, {after.Threads} after");
        Print("managed memory", $"{before.ManagedBytes / 1048576.0:0.0} MiB before, {after.ManagedBytes / 1048576.0:0.0} MiB after");
    }

    private static void Print(string what, string figure) => Console.WriteLine($"{what,-28} {figure}");
}
