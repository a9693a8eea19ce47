using Libvirt.Bench.Fleets;
using Libvirt.Bench.Measuring;
using Libvirt.Bench.Peers;
using Libvirt.Bench.Reporting;
using Libvirt.Bench.Running;

namespace Libvirt.Bench.Sections;

/// <summary>The main job of a control plane: one process polls the statistics of many daemons and follows their events.</summary>
internal sealed class FleetSection : ISection
{
    private const double LeastFullSpeed = 3;
    private const double LeastFixedRate = 5;

    private static readonly (string Mode, string Title)[] Modes = [("full-speed", "full speed"), ("fixed-rate", "fixed rate")];

    public string Name => "fleet";

    public async Task<SectionReport> RunAsync(BenchContext context)
    {
        context.Say($"fleet: starting {DaemonFleet.Size} daemons");
        await using DaemonFleet fleet = await DaemonFleet.StartAsync();
        Contender[] contenders = [context.Contenders.C, context.Contenders.Go, context.Contenders.Own];
        ResultTable table = new(
            $"Statistics of {DaemonFleet.Size} daemons (CONNECT_GET_ALL_DOMAIN_STATS, all groups)",
            "mode", "client", "polls/s", "CPU µs/poll", "p50 µs", "p99 µs", "peak RSS MiB", "events", "polls/s to best peer", "CPU to best peer");
        List<BudgetLine> budget = [];
        foreach ((string mode, string title) in Modes)
        {
            string[] words = ["fleet", mode, Figures.Word(context.Options.Warmup), Figures.Word(Seconds(context, mode))];
            Dictionary<Contender, List<Sample>> samples = await Rounds.RunAsync(
                context, $"fleet: {title}", contenders, contender => MeasureAsync(fleet, contender, words));
            foreach (Contender contender in contenders)
                table.Add(Row(context.Contenders, samples, contender, title));
            budget.AddRange(Budget(context.Contenders, samples, mode, title));
        }
        return new SectionReport("Fleet", How(context), [table], budget);
    }

    private static double Seconds(BenchContext context, string mode) =>
        Math.Max(context.Options.Seconds, mode == "full-speed" ? LeastFullSpeed : LeastFixedRate);

    private static string How(BenchContext context) =>
        $"One client process, {DaemonFleet.Size} libvirtd processes: {DaemonFleet.Guests} with a QEMU guest, the others with the domain of the test driver. "
        + "The C client has a thread per daemon and one for the event loop, go-libvirt two goroutines per daemon, Libvirt.Actors two asynchronous loops per daemon. "
        + $"At full speed each loop polls again at once, for {Seconds(context, "full-speed")} s; at the fixed rate each daemon is polled once a second, evenly spread, for "
        + $"{Seconds(context, "fixed-rate")} s, after a warm-up at full speed and two seconds at the fixed rate. All clients subscribe to the lifecycle events of every daemon. "
        + $"Another process suspends and resumes a domain every {DomainChanges.Interval.TotalMilliseconds} ms; a run fails if its client did not receive exactly one event for each change. "
        + "Peak memory includes the warm-up.";

    private static async Task<Sample> MeasureAsync(DaemonFleet fleet, Contender contender, string[] words)
    {
        await using ContenderProcess process = ContenderProcess.Start(contender, [fleet.MembersFile, .. words]);
        await process.ExpectAsync("following");
        DomainChanges changes = DomainChanges.Start(fleet.Domains);
        int made;
        try
        {
            await process.ExpectAsync("measured");
        }
        finally
        {
            made = await changes.EndAsync();
        }
        await process.WriteLineAsync(Figures.Word(made));
        Sample sample = await process.ReadSampleAsync();
        return sample.Events == made ? sample : throw new InvalidOperationException($"{contender.Name} received {sample.Events} events of {made}.");
    }

    private static string[] Row(Contenders contenders, Dictionary<Contender, List<Sample>> samples, Contender contender, string title)
    {
        List<Sample> own = samples[contender];
        IReadOnlyList<Sample>[] peers = [samples[contenders.C], samples[contenders.Go]];
        return
        [
            title,
            contender.Name,
            Figures.Whole(Median.Of(own, s => s.PerSecond)),
            Figures.Short(Median.Of(own, s => s.CpuMicrosecondsEach)),
            Figures.Short(Median.Of(own, s => s.P50Microseconds ?? 0)),
            Figures.Short(Median.Of(own, s => s.P99Microseconds ?? 0)),
            Figures.Short(Median.Of(own, s => s.PeakRssBytes / 1048576.0)),
            Figures.Whole(own.Sum(s => s.Events ?? 0)),
            Figures.Ratio(Median.OfRatios(own, peers, s => s.PerSecond, mostIsBest: true)),
            Figures.Ratio(Median.OfRatios(own, peers, s => s.CpuMicrosecondsEach, mostIsBest: false)),
        ];
    }

    private static IEnumerable<BudgetLine> Budget(Contenders contenders, Dictionary<Contender, List<Sample>> samples, string mode, string title)
    {
        List<Sample> own = samples[contenders.Own];
        IReadOnlyList<Sample>[] peers = [samples[contenders.C], samples[contenders.Go]];
        yield return BudgetLine.AtMost(
            $"client CPU per poll of a fleet at {title}, to the best peer's", 0.7, Median.OfRatios(own, peers, s => s.CpuMicrosecondsEach, mostIsBest: false));
        if (mode == "full-speed")
        {
            yield return BudgetLine.AtLeast(
                $"polls/s of a fleet at {title}, to the best peer's", 0.9, Median.OfRatios(own, peers, s => s.PerSecond, mostIsBest: true));
        }
    }
}
