using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Globalization;
using Libvirt.Diagnostics;

namespace Libvirt.Integration.Doors;

/// <summary>
/// Everything that the runtime says while it lives: each line of its log with the values behind it, its activities and measurements with their tags, and
/// what event sources of its own may say.
/// </summary>
internal sealed class Overheard : IDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _measurements;
    private readonly Sources _sources;
    private int _deadLetters;

    public Overheard()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == LibvirtTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Add(
                $"{activity.DisplayName} {activity.StatusDescription} {Tags(activity.TagObjects)} {string.Join(' ', activity.Events.Select(e => $"{e.Name} {Tags(e.Tags)}"))} {Tags(activity.Baggage)}"),
        };
        ActivitySource.AddActivityListener(_activities);
        _measurements = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == LibvirtTelemetry.MeterName)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _measurements.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add($"{instrument.Name} {value} {Tags(tags.ToArray())}"));
        _measurements.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add($"{instrument.Name} {value} {Tags(tags.ToArray())}"));
        _measurements.Start();
        _sources = new Sources(Add);
    }

    /// <summary>All of it.</summary>
    public string Text
    {
        get
        {
            _measurements.RecordObservableInstruments();
            return string.Join('\n', _lines);
        }
    }

    public void Add(string? line) => _lines.Enqueue(line ?? "");

    /// <summary>How many messages reached no actor.</summary>
    public int DeadLetters => _deadLetters;

    /// <summary>A runtime whose actor system reports here every log event, with the values behind it, and every message that reaches no actor.</summary>
    public LibvirtRuntime CreateRuntime()
    {
        LibvirtRuntime runtime = LibvirtRuntime.Create(config: ConfigurationFactory.ParseString("akka { loggers = [], loglevel = DEBUG, stdout-loglevel = OFF }"));
        Listener listener = new((ExtendedActorSystem)runtime.System, Hear);
        runtime.System.EventStream.Subscribe(listener, typeof(LogEvent));
        runtime.System.EventStream.Subscribe(listener, typeof(AllDeadLetters));
        return runtime;
    }

    private void Hear(object message)
    {
        switch (message)
        {
            case LogEvent log:
                Add($"{log} {log.Cause}");
                if (log.Message is LogMessage template)
                    Add($"{template.Unformatted()} {string.Join(' ', template.Parameters())}");
                break;
            case AllDeadLetters letter:
                Interlocked.Increment(ref _deadLetters);
                Add($"{letter} {letter.Message}");
                break;
        }
    }

    public void Dispose()
    {
        _activities.Dispose();
        _measurements.Dispose();
        _sources.Dispose();
    }

    private static string Tags<T>(IEnumerable<KeyValuePair<string, T>> tags) => string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}"));

    private sealed class Sources(Action<string> add) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name.Contains("ibvirt", StringComparison.Ordinal) || eventSource.Name.Contains("Actors", StringComparison.Ordinal))
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            add(string.Create(CultureInfo.InvariantCulture, $"{eventData.EventName} {string.Join(' ', eventData.Payload ?? (IEnumerable<object?>)[])}"));
    }

    private sealed class Listener(ExtendedActorSystem system, Action<object> hear) : MinimalActorRef
    {
        public override ActorPath Path { get; } = system.Provider.RootPath / "overheard";

        public override IActorRefProvider Provider => system.Provider;

        protected override void TellInternal(object message, IActorRef sender) => hear(message);
    }
}
