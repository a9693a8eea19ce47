using System.Diagnostics.Metrics;
using Libvirt.Diagnostics;
using Libvirt.Hosting.Hocon;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HostedWorker;

/// <summary>
/// Listens to the runtime's metrics and logs a line of them now and then. Where there is OpenTelemetry, <c>AddMeter(LibvirtTelemetry.MeterName)</c> takes
/// its place.
/// </summary>
internal sealed partial class MetricsLog(IConfiguration configuration, ILogger<MetricsLog> log) : BackgroundService
{
    private readonly Lock _gate = new();
    private long _calls;
    private long _failures;
    private double _seconds;
    private long _ready;
    private long _waiting;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using MeterListener listener = new()
        {
            InstrumentPublished = static (instrument, self) =>
            {
                if (instrument.Meter.Name == LibvirtTelemetry.MeterName)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>(Measured);
        listener.SetMeasurementEventCallback<long>(Measured);
        listener.Start();

        using PeriodicTimer timer = new(HoconDuration.Parse(configuration["metrics:every"] ?? "10s"));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            lock (_gate)
                (_ready, _waiting) = (0, 0);
            // Asks the instruments that are looked at instead of counting.
            listener.RecordObservableInstruments();
            lock (_gate)
                Told(log, _calls, _failures, _calls == 0 ? 0 : 1000 * _seconds / _calls, _ready, _waiting);
        }
    }

    private void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (instrument.Name != "rpc.client.duration")
            return;
        lock (_gate)
        {
            _calls++;
            _failures += Has(tags, "error.type", null) ? 1 : 0;
            _seconds += value;
        }
    }

    private void Measured(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        lock (_gate)
        {
            if (instrument.Name == "libvirt.client.hypervisors" && Has(tags, "libvirt.state", "ready"))
                _ready += value;
            else if (instrument.Name == "libvirt.actors.mailbox.depth")
                _waiting += value;
        }
    }

    private static bool Has(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name, string? value)
    {
        foreach ((string key, object? told) in tags)
        {
            if (key == name && (value is null || value.Equals(told)))
                return true;
        }

        return false;
    }

    [LoggerMessage(4, LogLevel.Information, "{Calls} calls so far, {Failures} failed, {Milliseconds:0.0} ms each; {Ready} hypervisors ready, {Waiting} messages wait")]
    private static partial void Told(ILogger logger, long calls, long failures, double milliseconds, long ready, long waiting);
}
