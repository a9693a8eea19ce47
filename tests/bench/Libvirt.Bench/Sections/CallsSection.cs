using Libvirt.Bench.Measuring;
using Libvirt.Bench.Peers;
using Libvirt.Bench.Reporting;
using Libvirt.Bench.Running;

namespace Libvirt.Bench.Sections;

/// <summary>Small calls: each kind with each number of callers, all contenders in turn in each round.</summary>
internal sealed class CallsSection : ISection
{
    private static readonly Dictionary<string, string> Titles = new()
    {
        ["version"] = "Tiny call (CONNECT_GET_LIB_VERSION)",
        ["info"] = "Domain info (DOMAIN_GET_INFO)",
        ["list"] = "List of all domains (CONNECT_LIST_ALL_DOMAINS, one domain)",
        ["xml"] = "Domain XML (DOMAIN_GET_XML_DESC)",
    };

    public string Name => "calls";

    public async Task<SectionReport> RunAsync(BenchContext context)
    {
        List<ResultTable> tables = [];
        List<BudgetLine> budget = [];
        foreach (string mode in context.Options.Calls)
        {
            ResultTable table = new(
                Titles[mode], "callers", "client", "calls/s", "CPU µs/call", "B/call", "p50 µs", "p99 µs", "calls/s to best peer", "CPU to best peer");
            IReadOnlyList<Contender> contenders = mode == "version" ? [.. context.Contenders.All, Contenders.Actors] : context.Contenders.All;
            foreach (int callers in context.Options.Callers)
            {
                Dictionary<Contender, List<Sample>> samples = await Rounds.RunAsync(
                    context,
                    $"calls: {mode}, {Callers(callers)}",
                    contenders,
                    ["calls", mode, Figures.Word(callers), Figures.Word(context.Options.Warmup), Figures.Word(context.Options.Seconds)]);
                foreach (Contender contender in contenders)
                    table.Add(Row(context.Contenders, samples, contender, callers));
                budget.AddRange(Budget(context.Contenders, samples, mode, callers));
            }
            tables.Add(table);
        }
        return new SectionReport(
            "Calls",
            "One connection to test:///default. To best peer: the median, over the rounds, of the ratio to the better of the C client and go-libvirt.",
            tables,
            budget);
    }

    private static string[] Row(Contenders contenders, Dictionary<Contender, List<Sample>> samples, Contender contender, int callers)
    {
        List<Sample> own = samples[contender];
        IReadOnlyList<Sample>[] peers = [samples[contenders.C], samples[contenders.Go]];
        return
        [
            Figures.Word(callers),
            contender.Name,
            Figures.Whole(Median.Of(own, s => s.PerSecond)),
            Figures.Short(Median.Of(own, s => s.CpuMicrosecondsEach)),
            own[0].AllocatedBytes is null ? "-" : Figures.Whole(Median.Of(own, s => s.AllocatedBytesEach)),
            Figures.Short(Median.Of(own, s => s.P50Microseconds ?? 0)),
            Figures.Short(Median.Of(own, s => s.P99Microseconds ?? 0)),
            Figures.Ratio(Median.OfRatios(own, peers, s => s.PerSecond, mostIsBest: true)),
            Figures.Ratio(Median.OfRatios(own, peers, s => s.CpuMicrosecondsEach, mostIsBest: false)),
        ];
    }

    private static IEnumerable<BudgetLine> Budget(Contenders contenders, Dictionary<Contender, List<Sample>> samples, string mode, int callers)
    {
        if (mode != "version")
            yield break;
        List<Sample> own = samples[contenders.Own];
        List<Sample> actors = samples[Contenders.Actors];
        IReadOnlyList<Sample>[] peers = [samples[contenders.C], samples[contenders.Go]];
        if (callers is 1 or 32)
        {
            yield return BudgetLine.AtMost(
                $"client CPU per small call at {Callers(callers)}, to the best peer's", callers == 1 ? 0.7 : 0.35,
                Median.OfRatios(own, peers, s => s.CpuMicrosecondsEach, mostIsBest: false));
            yield return BudgetLine.AtMost(
                $"client CPU per small call by message at {Callers(callers)}, to the best peer's", 0.75,
                Median.OfRatios(actors, peers, s => s.CpuMicrosecondsEach, mostIsBest: false));
            yield return BudgetLine.AtLeast(
                $"calls/s at {Callers(callers)}, to the best peer's", callers == 1 ? 1 : 0.9,
                Median.OfRatios(own, peers, s => s.PerSecond, mostIsBest: true));
        }

        yield return BudgetLine.AtMost($"bytes allocated per small call at {Callers(callers)}", 200, Median.Of(own, s => s.AllocatedBytesEach));
    }

    private static string Callers(int count) => count == 1 ? "1 caller" : $"{count} callers";
}
