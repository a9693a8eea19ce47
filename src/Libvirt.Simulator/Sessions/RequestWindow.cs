namespace Libvirt.Simulator;

/// <summary>How many calls of one client are outstanding, and the wait for one of them to end.</summary>
internal sealed class RequestWindow
{
    private readonly int _limit;
    private readonly Lock _gate = new();
    private int _outstanding;
    private TaskCompletionSource? _room;

    public RequestWindow(int limit) => _limit = limit;

    public void Enter()
    {
        lock (_gate)
            _outstanding++;
    }

    public void Leave()
    {
        lock (_gate)
        {
            _outstanding--;
            if (_outstanding < _limit)
            {
                _room?.TrySetResult();
                _room = null;
            }
        }
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_outstanding < _limit)
                return ValueTask.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_room.Task.WaitAsync(cancellationToken));
        }
    }
}
