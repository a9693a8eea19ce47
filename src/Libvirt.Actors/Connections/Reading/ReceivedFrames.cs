using Libvirt.Threads;
using Libvirt.Dispatch;
using System.Threading.Tasks.Sources;

namespace Libvirt.Connections;

/// <summary>
/// One or more whole frames on their way from the receiver to the connection's turn. The bytes are the receiver's: it waits until the connection
/// has released them, and that wait is the back-pressure on the socket. One object serves a connection's whole life.
/// </summary>
internal sealed class ReceivedFrames : IUndelivered, IValueTaskSource
{
    private readonly object _gate = new();
    private ManualResetValueTaskSourceCore<bool> _released;
    private int _holders;
    private bool _routed;
    private bool _isThreadWaiting;
    private bool _isTaskWaiting;

    /// <summary>The frames, back to back.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Collects the continuations that these frames unblocked, for the reader thread to run them; null when they are queued to the thread pool.</summary>
    public List<IContinuation>? Unblocked { get; private set; }

    /// <summary>Whether somebody still needs the bytes, so that the socket is not read.</summary>
    public bool IsHeld => Volatile.Read(ref _holders) > 0;

    /// <summary>New bytes, held once.</summary>
    public void Fill(ReadOnlyMemory<byte> bytes, List<IContinuation>? unblocked = null)
    {
        lock (_gate)
        {
            _routed = false;
            _isTaskWaiting = false;
            _released.Reset();
            Bytes = bytes;
            Unblocked = unblocked;
            _holders = 1;
        }
    }

    /// <summary>One more needs the bytes, and will release them too. Only by a holder.</summary>
    public void Hold()
    {
        lock (_gate)
            _holders++;
    }

    /// <summary>The connection's turn has seen every frame and adds no more to <see cref="Unblocked"/>; it releases its hold.</summary>
    public void Routed() => GiveUpHold(byTurn: true);

    /// <summary>One more holder is done with the bytes; with the last of them the receiver goes on.</summary>
    public void Release() => GiveUpHold(byTurn: false);

    /// <summary>Blocks until the connection's turn has seen the frames. Turns wait for nothing, so this takes no longer than the others' turn.</summary>
    public void WaitRouted()
    {
        if (Volatile.Read(ref _routed))
            return;
        lock (_gate)
        {
            while (!_routed)
                Sleep(Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Blocks until the bytes are released, but no longer than <paramref name="limit"/>; whether they are.</summary>
    public bool WaitReleased(TimeSpan limit)
    {
        if (!IsHeld)
            return true;
        lock (_gate)
            return _holders == 0 || (Sleep(limit) && _holders == 0);
    }

    /// <summary>Completes when everybody is done with the bytes. Once per filling.</summary>
    public ValueTask ReleasedAsync()
    {
        lock (_gate)
        {
            if (_holders == 0)
                return default;
            _isTaskWaiting = true;
            return new ValueTask(this, _released.Version);
        }
    }

    /// <summary>The connection has ended: it does not need the bytes.</summary>
    public void OnUndelivered() => Routed();

    private void GiveUpHold(bool byTurn)
    {
        bool tell;
        lock (_gate)
        {
            _routed |= byTurn;
            _holders--;
            tell = _holders == 0 && _isTaskWaiting;
            // Nothing else is what a thread waits for.
            if (_isThreadWaiting && (byTurn || _holders == 0))
                Monitor.PulseAll(_gate);
        }

        if (tell)
            _released.SetResult(true);
    }

    private bool Sleep(TimeSpan limit)
    {
        _isThreadWaiting = true;
        bool woken = Monitor.Wait(_gate, limit);
        _isThreadWaiting = false;
        return woken;
    }

    void IValueTaskSource.GetResult(short token) => _released.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _released.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _released.OnCompleted(continuation, state, token, flags);
}
