using Libvirt.Bench.Measuring;
using Libvirt.Bench.Reporting;
using Libvirt.Bench.Running;
using Libvirt.Bench.Scripting;

namespace Libvirt.Bench.Sections;

/// <summary>Lifecycle events from a scripted peer through the hub to its subscribers.</summary>
internal sealed class EventsSection : ISection
{
    private static readonly (string Kind, int Subscribers, int Domains, string Title)[] Cases =
    [
        ("all", 1, 100, "1 subscriber of all domains"),
        ("all", 10, 100, "10 subscribers of all domains"),
        ("all", 100, 100, "100 subscribers of all domains"),
        ("domain", 128, 128, "128 subscribers of a domain each"),
        ("actor", 10, 100, "10 actors that subscribe to all domains"),
    ];

    public string Name => "events";

    public async Task<SectionReport> RunAsync(BenchContext context)
    {
        ResultTable table = new("Deliveries of lifecycle events", "subscribers", "events/s", "deliveries/s", "CPU µs/delivery", "B/delivery", "dropped");
        double best = 0;
        foreach ((string kind, int subscribers, int domains, string title) in Cases)
        {
            using ScriptedPeer peer = Scripts.Events(domains);
            List<Sample> samples = await OwnSamples.MeasureAsync(
                context, $"events: {title}", peer.SocketPath, "events", kind, Figures.Word(subscribers), Figures.Word(context.Options.Warmup), Figures.Word(context.Options.Seconds));
            int deliveriesPerEvent = kind == "domain" ? 1 : subscribers;
            double rate = Median.Of(samples, s => s.PerSecond);
            best = Math.Max(best, rate);
            table.Add(
                title,
                Figures.Whole(rate / deliveriesPerEvent),
                Figures.Whole(rate),
                Figures.Short(Median.Of(samples, s => s.CpuMicrosecondsEach)),
                Figures.Whole(Median.Of(samples, s => s.AllocatedBytesEach)),
                Figures.Whole(samples.Sum(s => s.Dropped ?? 0)));
        }
        return new SectionReport(
            "Events",
            $"A scripted peer in another process sends bursts of {Scripts.Burst:#,0} encoded events; the next is asked for when every subscriber is through with the last but one. Decoding, the hub, the queues and the subscribers' reading are all included.",
            [table],
            [BudgetLine.AtLeast("deliveries/s of events, the best of the cases", 500_000, best)]);
    }
}
