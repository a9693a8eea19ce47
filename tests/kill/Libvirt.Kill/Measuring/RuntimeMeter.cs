using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Libvirt.Diagnostics;

namespace Libvirt.Kill.Measuring;

/// <summary>What the runtime's own meter reports by the address of the daemon: calls under way and lost connections.</summary>
internal sealed class RuntimeMeter : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _active = new();
    private readonly ConcurrentDictionary<string, long> _lost = new();
    private readonly MeterListener _listener = new();

    public RuntimeMeter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != LibvirtTelemetry.MeterName)
                return;
            if (instrument.Name == "rpc.client.active_calls")
                listener.EnableMeasurementEvents(instrument, _active);
            else if (instrument.Name == "libvirt.client.connections.lost")
                listener.EnableMeasurementEvents(instrument, _lost);
        };
        _listener.SetMeasurementEventCallback<long>(static (_, change, tags, state) =>
        {
            foreach ((string name, object? value) in tags)
            {
                if (name == "server.address")
                    ((ConcurrentDictionary<string, long>)state!).AddOrUpdate($"{value}", change, (_, count) => count + change);
            }
        });
        _listener.Start();
    }

    /// <summary>Whether calls to this address have been counted at all.</summary>
    public bool Knows(string address) => _active.ContainsKey(address);

    /// <summary>Calls under way.</summary>
    public long Active(string address) => _active.GetValueOrDefault(address);

    /// <summary>Connections that ended with a fault.</summary>
    public long Lost(string address) => _lost.GetValueOrDefault(address);

    public void Dispose() => _listener.Dispose();
}
