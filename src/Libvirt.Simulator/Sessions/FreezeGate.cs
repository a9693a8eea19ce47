namespace Libvirt.Simulator;

/// <summary>A gate that is open until it is frozen.</summary>
internal sealed class FreezeGate
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _thawed;

    public void Freeze()
    {
        lock (_gate)
            _thawed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Thaw()
    {
        lock (_gate)
        {
            _thawed?.TrySetResult();
            _thawed = null;
        }
    }

    public ValueTask PassAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _thawed is null ? ValueTask.CompletedTask : new ValueTask(_thawed.Task.WaitAsync(cancellationToken));
    }
}
