using System.Diagnostics;
using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using Libvirt.Bench.Scripting;
using Libvirt.Diagnostics;
using Libvirt.Protocol.Remote;

namespace Libvirt.Benchmarks;

/// <summary>What telemetry adds to a call: the same call past it, through it while nobody listens, and while somebody does.</summary>
public class TelemetryBenchmarks
{
    private readonly CallsAnsweredAtOnce _calls = new();
    private MeterListener? _meters;
    private ActivityListener? _activities;

    [GlobalSetup(Target = nameof(Metrics))]
    public void ListenToMetrics()
    {
        _meters = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == LibvirtTelemetry.MeterName)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _meters.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        _meters.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        _meters.Start();
    }

    [GlobalSetup(Target = nameof(MetricsAndActivities))]
    public void ListenToAll()
    {
        ListenToMetrics();
        _activities = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == LibvirtTelemetry.ActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(_activities);
    }

    [GlobalCleanup]
    public void ListenNoMore()
    {
        _meters?.Dispose();
        _activities?.Dispose();
    }

    [Benchmark(Baseline = true, Description = "past telemetry")]
    public int Past() => Taken(_calls.Direct());

    [Benchmark(Description = "nobody listens")]
    public int Silent() => Taken(_calls.Observed());

    [Benchmark(Description = "metrics listened to")]
    public int Metrics() => Taken(_calls.Observed());

    [Benchmark(Description = "metrics and activities listened to")]
    public int MetricsAndActivities() => Taken(_calls.Observed());

    private static int Taken(ValueTask<ConnectGetMaxVcpusRet> answered) =>
        answered.IsCompleted ? answered.Result.MaxVcpus : throw new InvalidOperationException("It is not answered at once.");
}
