using Libvirt.Threads;
using Libvirt.Calls;
using Libvirt.Dispatch;
using Libvirt.Protocol;

namespace Libvirt.Streams;

/// <summary>
/// A packet of a stream on its way to the daemon. The connection copies its data when the socket has taken what was sent before; until then the
/// writer may take it back. So a stream never has more than one packet waiting here, and the data is the writer's again when the write ends.
/// </summary>
internal sealed class OutgoingPacket(StreamPort port, uint serial, ReadOnlyMemory<byte> data, StreamHole? hole)
    : CallPromise<bool>, IContinuation, IUndelivered
{
    private const int Waiting = 0;
    private const int Taken = 1;

    private int _state = Waiting;

    public uint Serial => serial;

    /// <summary>The hole that it carries instead of data.</summary>
    public StreamHole? Hole => hole;

    /// <summary>Claims the packet for the wire. False when its writer took it back.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>Reads the data. False when it cannot be read, such as memory that was given back to its pool: then the write has failed with that.</summary>
    public bool TryRead(out ReadOnlySpan<byte> bytes)
    {
        try
        {
            bytes = data.Span;
            return true;
        }
        catch (Exception error)
        {
            bytes = default;
            TrySetException(error);
            return false;
        }
    }

    /// <summary>The packet is in the output buffer.</summary>
    public void Complete()
    {
        if (TryDecide())
            TurnContinuations.Add(this);
    }

    /// <summary>The stream or the connection has ended: the packet will not be sent.</summary>
    public void Drop() => TrySetException(port.EndedWhileWriting());

    public void Continue(bool inline) => SetDecided(true, runContinuationsAsynchronously: !inline);

    /// <summary>Takes the packet back, unless it is being encoded already.</summary>
    public void Withdraw(CancellationToken cancellationToken)
    {
        if (TryTake())
            TrySetException(new OperationCanceledException(cancellationToken));
    }

    public void OnUndelivered() => Drop();
}
