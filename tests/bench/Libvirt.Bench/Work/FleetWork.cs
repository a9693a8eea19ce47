using System.Diagnostics;
using System.Globalization;
using Libvirt.Bench.Measuring;

namespace Libvirt.Bench.Work;

/// <summary>
/// A control plane on many daemons. Line protocol with the benchmark, as in the peers' programs: "following" when it is subscribed everywhere, "measured"
/// when it is done; then it reads how many events it must have received, waits until they have arrived, and prints its sample.
/// </summary>
internal static class FleetWork
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    /// <param name="membersFile">A driver and a socket per line.</param>
    /// <param name="mode">"full-speed": each loop polls again at once. "fixed-rate": one poll per daemon and second, evenly spread.</param>
    /// <param name="warmup">How long it polls at full speed before.</param>
    /// <param name="length">How long it is measured.</param>
    public static async Task<Sample> RunAsync(string membersFile, string mode, TimeSpan warmup, TimeSpan length)
    {
        await using LibvirtRuntime runtime = LibvirtRuntime.Create();
        string[] lines = await File.ReadAllLinesAsync(membersFile);
        FleetMember[] members = await Task.WhenAll(lines.Select(line => FleetMember.ConnectAsync(runtime, line)));
        Task[] following = [.. members.Select(member => Task.Run(member.FollowAsync))];
        Console.WriteLine("following");

        Phase phase = new();
        Task[] polling = [.. members.Select((member, i) => Task.Run(() => member.PollAsync(phase, TimeSpan.FromSeconds((double)i / members.Length))))];
        Task[] running = [.. following, .. polling];
        await WarmUp.WaitAsync(warmup, running);
        if (mode == "fixed-rate")
        {
            phase.FixedRateSince = Stopwatch.GetTimestamp();
            await WarmUp.WaitAsync(Settle, running);
        }
        Meter meter = new();
        phase.IsRecording = true;
        await Task.WhenAny([Task.Delay(length), .. running]);
        phase.IsRecording = false;
        Sample sample = meter.Read();
        phase.IsOver = true;
        await Task.WhenAll(polling);
        Console.WriteLine("measured");

        long wanted = long.Parse(await Console.In.ReadLineAsync() ?? "", CultureInfo.InvariantCulture);
        for (TimeSpan waited = default; waited < Patience && members.Sum(member => member.Events) < wanted; waited += LookAgain)
            await Task.Delay(LookAgain);
        if (following.FirstOrDefault(task => task.IsFaulted) is { } failed)
            await failed;

        LatencyHistogram latencies = new();
        foreach (FleetMember member in members)
            latencies.Merge(member.Latencies);
        return sample with
        {
            Count = latencies.Total,
            P50Microseconds = latencies.Percentile(0.50),
            P99Microseconds = latencies.Percentile(0.99),
            Events = members.Sum(member => member.Events),
        };
    }
}
