using Libvirt.Bench.Measuring;
using Libvirt.Bench.Reporting;
using Libvirt.Bench.Running;

namespace Libvirt.Bench.Sections;

/// <summary>The actor engine without libvirt.</summary>
internal sealed class EngineSection : ISection
{
    private static readonly (string Kind, string Title)[] Cases =
    [
        ("tell", "tell and handle, pooled"),
        ("tell-inline", "tell and handle, inline"),
        ("ask", "ask and answer, pooled"),
        ("ask-inline", "ask and answer, inline"),
        ("promise", "promise made, filled, awaited, used again"),
        ("spawn", "spawn and stop, awaited"),
    ];

    public string Name => "engine";

    public async Task<SectionReport> RunAsync(BenchContext context)
    {
        ResultTable table = new("One after the other, from one thread", "act", "ns", "CPU ns", "B", "acts/s");
        foreach ((string kind, string title) in Cases)
        {
            List<Sample> samples = await OwnSamples.MeasureAsync(
                context, $"engine: {title}", "-", "engine", kind, Figures.Word(context.Options.Warmup), Figures.Word(context.Options.Seconds));
            table.Add(
                title,
                Figures.Whole(Median.Of(samples, s => s.NanosecondsEach)),
                Figures.Whole(Median.Of(samples, s => s.CpuMicrosecondsEach * 1000)),
                Figures.Whole(Median.Of(samples, s => s.AllocatedBytesEach)),
                Figures.Whole(Median.Of(samples, s => s.PerSecond)));
        }
        return new SectionReport("Actor engine", "The embedded engine with its default settings.", [table], []);
    }
}
