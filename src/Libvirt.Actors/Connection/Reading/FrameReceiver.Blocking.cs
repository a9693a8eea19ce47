using Actors;
using Libvirt.Transport;

namespace Libvirt.Connection;

// What the thread does that has the seat.
internal sealed partial class FrameReceiver : ISeatWork
{
    private IBlockingTransport? _blocking;
    private TaskCompletionSource<bool>? _threadLeft;

    /// <summary>Waits for bytes for a moment, and has the connection's turn work off the frames that came, usually on this thread.</summary>
    SeatStep ISeatWork.Step(List<IWaiter>? answered)
    {
        SeatStep step = ReceiveByThread(answered);
        return step == SeatStep.GoOn && _policy.IsCalm() ? SeatStep.Leave : step;
    }

    void ISeatWork.Leave(bool ended, Exception? error)
    {
        if (error is null)
            _threadLeft!.TrySetResult(!ended);
        else
            _threadLeft!.TrySetException(error);
    }

    private SeatStep ReceiveByThread(List<IWaiter>? answered)
    {
        // What a stream's reader still holds is left to a task to wait for.
        if (!_frames.WaitReleased(HeldLimit))
            return SeatStep.Leave;
        _buffer.Consume();
        int count = _blocking!.Receive(_buffer.Free.Span);
        if (count <= 0)
            return count == 0 ? SeatStep.Ended : SeatStep.GoOn;
        _policy.Received();
        ReadOnlyMemory<byte> whole = _buffer.Add(count);
        if (whole.IsEmpty)
            return SeatStep.GoOn;
        _frames.Fill(whole, answered);
        if (!Tell())
            return SeatStep.Ended;
        _frames.WaitRouted();
        return SeatStep.GoOn;
    }

    private bool Tell()
    {
        TellResult result;
        while ((result = connection.TryTell(_frames)) == TellResult.MailboxFull)
            Thread.Yield();
        return result == TellResult.Accepted;
    }
}
