using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Libvirt.Diagnostics;

namespace Libvirt.Hosting.Tests.Telemetry;

/// <summary>
/// Listens to everything that the runtime tells, of one daemon alone where a test wants that. Not all measurements say of which daemon they are, and a
/// listener that throws takes them from the others: who listens, and whose streams they would hear, run one after the other, in a collection of this name.
/// </summary>
internal sealed class Recorded : IDisposable
{
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;

    public Recorded(bool activities = true)
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != LibvirtTelemetry.MeterName)
                return;
            Instruments.Enqueue(instrument);
            listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measurements.Enqueue(new Measured(instrument.Name, value, Text(tags))));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measurements.Enqueue(new Measured(instrument.Name, value, Text(tags))));
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = source => activities && source.Name == LibvirtTelemetry.ActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Activities.Enqueue,
        };
        ActivitySource.AddActivityListener(_activities);
    }

    public ConcurrentQueue<Instrument> Instruments { get; } = [];

    public ConcurrentQueue<Activity> Activities { get; } = [];

    public ConcurrentQueue<Measured> Measurements { get; } = [];

    /// <summary>Measurements of one instrument that carry all these tags.</summary>
    public Measured[] Of(string instrument, params string[] tags) =>
        [.. Measurements.Where(measured => measured.Instrument == instrument && tags.All(tag => measured.Tags.Contains(tag)))];

    /// <summary>Asks the observable instruments, and gives what one of them says.</summary>
    public Measured[] Read(string instrument, params string[] tags)
    {
        int before = Of(instrument, tags).Length;
        _meters.RecordObservableInstruments();
        return Of(instrument, tags)[before..];
    }

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    private static string[] Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string[] text = new string[tags.Length];
        for (int i = 0; i < tags.Length; i++)
            text[i] = $"{tags[i].Key}={tags[i].Value}";
        return text;
    }

    internal sealed record Measured(string Instrument, double Value, string[] Tags);
}
