using System.Diagnostics;
using Libvirt.Bench.Measuring;

namespace Libvirt.Bench.Work;

/// <summary>Calls, and as soon as the answer is there calls again.</summary>
internal sealed class Caller<T>(Func<ValueTask<T>> call, Phase phase)
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    public LatencyHistogram Latencies { get; } = new();

    public async Task RunAsync()
    {
        long before = Stopwatch.GetTimestamp();
        while (!phase.IsOver)
        {
            await call();
            long after = Stopwatch.GetTimestamp();
            if (phase.IsRecording)
                Latencies.Record((long)((after - before) * NanosecondsPerTick));
            before = after;
        }
    }
}
