using Libvirt.Bench.Measuring;

namespace Libvirt.Bench.Work;

/// <summary>Callers that make one call after the other on one hypervisor.</summary>
internal static class CallWork
{
    public static async Task<Sample> RunAsync(string socket, string mode, int callers, TimeSpan warmup, TimeSpan length)
    {
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync($"test+unix:///default?socket={socket}");
        Domain domain = await hypervisor.LookupDomainByNameAsync("test");
        return mode switch
        {
            "version" => await MeasureAsync(() => hypervisor.GetLibVersionAsync(), callers, warmup, length),
            "info" => await MeasureAsync(() => domain.GetInfoAsync(), callers, warmup, length),
            "list" => await MeasureAsync(() => hypervisor.ListAllDomainsAsync(), callers, warmup, length),
            "xml" => await MeasureAsync(() => domain.GetXmlDescAsync(), callers, warmup, length),
            _ => throw new ArgumentException($"no such call: {mode}", nameof(mode)),
        };
    }

    private static async Task<Sample> MeasureAsync<T>(Func<ValueTask<T>> call, int count, TimeSpan warmup, TimeSpan length)
    {
        Phase phase = new();
        Caller<T>[] callers = [.. Enumerable.Range(0, count).Select(_ => new Caller<T>(call, phase))];
        Task[] running = [.. callers.Select(caller => Task.Run(caller.RunAsync))];
        await WarmUp.WaitAsync(warmup, running);
        Meter meter = new();
        phase.IsRecording = true;
        await Task.WhenAny([Task.Delay(length), .. running]);
        phase.IsRecording = false;
        Sample sample = meter.Read();
        phase.IsOver = true;
        await Task.WhenAll(running);

        LatencyHistogram latencies = new();
        foreach (Caller<T> caller in callers)
            latencies.Merge(caller.Latencies);
        return sample with { Count = latencies.Total, P50Microseconds = latencies.Percentile(0.50), P99Microseconds = latencies.Percentile(0.99) };
    }
}
