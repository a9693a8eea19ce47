using System.Threading.Tasks.Sources;

namespace Libvirt.Transports;

/// <summary>An awaitable that is used again and again, by one waiter at a time, which continues on the thread that completes it.</summary>
internal sealed class ReadinessSource : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;

    /// <summary>A new wait; the one before must be over.</summary>
    public ValueTask Begin()
    {
        _core.Reset();
        return new ValueTask(this, _core.Version);
    }

    public void Complete() => _core.SetResult(true);

    /// <summary>Fails the wait. The waiter continues on the thread pool, since the caller is about to close the socket.</summary>
    public void Fail(Exception error)
    {
        _core.RunContinuationsAsynchronously = true;
        _core.SetException(error);
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
