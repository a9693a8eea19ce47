using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Libvirt.Diagnostics;

namespace Libvirt.Integration.Faults;

/// <summary>What the runtime's own meter says of calls under way, by the address of the daemon.</summary>
internal sealed class CallMeter : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _active = new();
    private readonly MeterListener _listener = new();

    public CallMeter()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == LibvirtTelemetry.MeterName && instrument.Name == "rpc.client.active_calls")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, change, tags, _) =>
        {
            foreach ((string name, object? value) in tags)
            {
                if (name == "server.address")
                    _active.AddOrUpdate($"{value}", change, (_, count) => count + change);
            }
        });
        _listener.Start();
    }

    /// <summary>Whether calls to this address have been counted at all.</summary>
    public bool Knows(string address) => _active.ContainsKey(address);

    /// <summary>Calls under way.</summary>
    public long Active(string address) => _active.GetValueOrDefault(address);

    public void Dispose() => _listener.Dispose();
}
