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

    /// <summary>The frames, back to back.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Completes when the connection is done with the bytes.</summary>
    public ValueTask Released => new(this, _released.Version);

    public void Fill(ReadOnlyMemory<byte> bytes)
    {
        _released.Reset();
        Bytes = bytes;
    }

    public void Release() => _released.SetResult(true);

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
