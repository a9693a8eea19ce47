using System.Threading.Tasks.Sources;
using Actors;

namespace Libvirt.Connection;

/// <summary>
/// One or more whole frames on their way from the receiver to the connection's turn. The bytes are the receiver's: it waits until the connection
/// has released them, and that wait is the back-pressure on the socket. One object serves a connection's whole life.
/// </summary>
internal sealed class ReceivedFrames : IConnectionMessage, INotifyUndelivered, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _released;
    private int _holders;

    /// <summary>The frames, back to back.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Completes when everybody is done with the bytes.</summary>
    public ValueTask Released => new(this, _released.Version);

    /// <summary>Whether somebody still needs the bytes, so that the socket is not read.</summary>
    public bool IsHeld => Volatile.Read(ref _holders) > 0;

    /// <summary>New bytes, held once.</summary>
    public void Fill(ReadOnlyMemory<byte> bytes)
    {
        _released.Reset();
        Bytes = bytes;
        Volatile.Write(ref _holders, 1);
    }

    /// <summary>One more needs the bytes, and will release them too. Only by a holder.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>One holder is done with the bytes; with the last of them the receiver goes on.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            _released.SetResult(true);
    }

    /// <summary>Refused by a full mailbox: the receiver tries again. Left in the mailbox of a connection that ended: nobody wants the bytes.</summary>
    public void OnUndelivered(TellResult reason)
    {
        if (reason == TellResult.Stopped)
            Release();
    }

    void IValueTaskSource.GetResult(short token) => _released.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _released.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _released.OnCompleted(continuation, state, token, flags);
}
