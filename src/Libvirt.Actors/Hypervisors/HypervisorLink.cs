using Libvirt.Connections;
using Libvirt.Diagnostics;

namespace Libvirt;

/// <summary>
/// What the actor of a hypervisor publishes for callers on other threads: the state, and the connection that calls go to. Written by the actor
/// as long as there is one.
/// </summary>
internal sealed class HypervisorLink(HypervisorTelemetry telemetry)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ConnectionHandle? _connection;
    private volatile Exception? _stopReason;
    private volatile Action<HypervisorState>? _observer;

    public StateFeed States { get; } = new(new HypervisorState.Connecting(1));

    /// <summary>The connection that serves calls; null while there is none.</summary>
    public ConnectionHandle? Connection => _connection;

    /// <summary>Why the guardian stops the actor; null when it does so in order, or not at all. Set by the guardian when it fails.</summary>
    public Exception? StopReason
    {
        get => _stopReason;
        set => _stopReason = value;
    }

    /// <summary>Has a function called with each state that is published from now on. Once, by the guardian; the function must be quick.</summary>
    public void Observe(Action<HypervisorState> observer) => _observer = observer;

    /// <summary>Completes when the actor and all its connections have stopped.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The actor has stopped, or was never created.</summary>
    public void End()
    {
        if (States.Current is not HypervisorState.Closed)
            Publish(new HypervisorState.Closed(null), null);
        _ended.TrySetResult();
    }

    public void Publish(HypervisorState state, ConnectionHandle? connection)
    {
        _connection = connection;
        telemetry.Changed(state);
        States.Publish(state);
        _observer?.Invoke(state);
    }
}
