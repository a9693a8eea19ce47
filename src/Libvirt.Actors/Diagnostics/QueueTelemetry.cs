using System.Diagnostics.Metrics;
using Libvirt.Calls;

namespace Libvirt.Diagnostics;

/// <summary>What is told of one connection's queue: how many calls wait in it for a place on the wire. The queue is looked at when somebody asks.</summary>
internal sealed class QueueTelemetry(LibvirtUri uri, CallQueue queue)
{
    private static readonly LiveSet<QueueTelemetry> All = new();

    static QueueTelemetry() => LibvirtTelemetry.Meter.CreateObservableUpDownCounter(
        "libvirt.client.queued_calls", Read, "{call}", "Calls that wait for a place on the wire.");

    private string Address { get; } = LibvirtTelemetry.Address(uri);

    public void Begin() => All.Add(this);

    public void End() => All.Remove(this);

    // Read on another thread than the one that counts: a number that was right a moment ago.
    private static IEnumerable<Measurement<long>> Read() => All.Snapshot()
        .GroupBy(static one => one.Address)
        .Select(static group => new Measurement<long>(group.Sum(static one => one.Waiting), new KeyValuePair<string, object?>("server.address", group.Key)));

    private int Waiting => queue.Count;
}
