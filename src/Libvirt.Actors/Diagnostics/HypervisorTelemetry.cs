using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Libvirt.Diagnostics;

/// <summary>What is told of one hypervisor: its state, its attempts to connect, and the connections it lost. Used by its actor only.</summary>
internal sealed class HypervisorTelemetry(LibvirtUri uri)
{
    private static readonly LiveSet<HypervisorTelemetry> All = new();

    private static readonly Histogram<double> ConnectDuration = LibvirtTelemetry.Meter.CreateHistogram<double>(
        "libvirt.client.connect.duration", "s", "Duration of attempts to connect, by what they failed of.");

    private static readonly Counter<long> LostConnections = LibvirtTelemetry.Meter.CreateCounter<long>(
        "libvirt.client.connections.lost", "{connection}", "Connections that ended by a fault.");

    private volatile string _state = "connecting";
    private HypervisorState? _last;
    private Activity? _attempt;
    private long _attemptStart;

    static HypervisorTelemetry() => LibvirtTelemetry.Meter.CreateObservableUpDownCounter(
        "libvirt.client.hypervisors", ReadStates, "{hypervisor}", "Hypervisors by state: connecting, ready or backoff.");

    public void Changed(HypervisorState next) => Guarded.Run(() => Tell(next));

    private void Tell(HypervisorState next)
    {
        HypervisorState? last = _last;
        _last = next;
        _state = next.GetType().Name.ToLowerInvariant();
        if (next is HypervisorState.Closed)
            All.Remove(this);
        else if (last is null)
            All.Add(this);
        if (last is HypervisorState.Connecting && next is not HypervisorState.Connecting)
            EndAttempt(next.Failure);
        else if (last is HypervisorState.Ready && next.Failure is { } lost)
            LostConnections.Add(1, Address, new KeyValuePair<string, object?>("error.type", LibvirtTelemetry.ErrorType(lost)));
        if (next is HypervisorState.Connecting connecting)
            BeginAttempt(connecting.Attempt);
    }

    private KeyValuePair<string, object?> Address => new("server.address", LibvirtTelemetry.Address(uri));

    private void BeginAttempt(int attempt)
    {
        _attemptStart = Stopwatch.GetTimestamp();
        if (!LibvirtTelemetry.Source.HasListeners())
            return;
        // Nobody's child and nobody's parent: the turn it begins in is over long before it ends.
        Activity? current = Activity.Current;
        Activity.Current = null;
        _attempt = LibvirtTelemetry.Source.StartActivity("libvirt/connect", ActivityKind.Client);
        Activity.Current = current;
        _attempt?.SetTag("rpc.system", "libvirt").SetTag("server.address", Address.Value).SetTag("libvirt.driver", uri.Driver).SetTag("libvirt.attempt", attempt);
    }

    private void EndAttempt(Exception? error)
    {
        TagList tags = new() { Address };
        if (error is not null)
            tags.Add("error.type", LibvirtTelemetry.ErrorType(error));
        ConnectDuration.Record(Stopwatch.GetElapsedTime(_attemptStart).TotalSeconds, tags);
        if (_attempt is not { } attempt)
            return;
        if (error is not null)
            attempt.SetTag("error.type", LibvirtTelemetry.ErrorType(error)).SetStatus(ActivityStatusCode.Error);
        Activity? current = Activity.Current;
        attempt.Stop();
        Activity.Current = current;
        _attempt = null;
    }

    private static IEnumerable<Measurement<long>> ReadStates() => All.Snapshot()
        .GroupBy(static hypervisor => (hypervisor._state, Address: LibvirtTelemetry.Address(hypervisor.Uri)))
        .Select(static group => new Measurement<long>(group.Count(), new("libvirt.state", group.Key._state), new("server.address", group.Key.Address)));

    private LibvirtUri Uri => uri;
}
