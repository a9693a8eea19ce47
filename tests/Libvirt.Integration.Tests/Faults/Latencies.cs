using System.Diagnostics;

namespace Libvirt.Integration.Faults;

/// <summary>How long quick calls took, one after the other.</summary>
internal sealed record Latencies(TimeSpan Median, TimeSpan P99)
{
    /// <summary>Measures calls until <paramref name="end"/>, and at least 100 of them.</summary>
    public static async Task<Latencies> MeasureAsync(Hypervisor hypervisor, Task end)
    {
        List<TimeSpan> times = [];
        while (!end.IsCompleted || times.Count < 100)
        {
            long start = Stopwatch.GetTimestamp();
            await hypervisor.GetLibVersionAsync();
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        times.Sort();
        return new Latencies(times[times.Count / 2], times[times.Count * 99 / 100]);
    }

    public override string ToString() => $"{Median.TotalMicroseconds:0} µs (99 of 100 within {P99.TotalMicroseconds:0} µs)";
}
