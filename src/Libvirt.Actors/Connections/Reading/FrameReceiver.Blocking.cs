using Libvirt.Threads;
using Akka.Actor;
using Libvirt.Transports;

namespace Libvirt.Connections;

// Reading on a reader thread.
internal sealed partial class FrameReceiver : IReaderWork
{
    private IBlockingTransport? _blocking;
    private TaskCompletionSource<bool>? _threadLeft;

    /// <summary>Waits a moment for bytes and runs the connection's turn for the frames that came, usually on this thread.</summary>
    ReaderStep IReaderWork.Step(List<IContinuation> unblocked)
    {
        ReaderStep step = ReceiveByThread(settings.Inline ? unblocked : null);
        return step == ReaderStep.Continue && _policy.IsCalm() ? ReaderStep.Leave : step;
    }

    /// <summary>The reader thread has gone; the shared loop reads on, unless the connection has ended.</summary>
    void IReaderWork.Leave(bool ended, Exception? error)
    {
        if (error is null)
            _threadLeft!.TrySetResult(!ended);
        else
            _threadLeft!.TrySetException(error);
    }

    private ReaderStep ReceiveByThread(List<IContinuation>? unblocked)
    {
        // A task waits for users of streams that hold the bytes for longer.
        if (!_frames.WaitReleased(HeldLimit))
            return ReaderStep.Leave;
        _buffer.Consume();
        if (load.HasCallsToSendAhead)
            connection.Ref.Tell(ContinuationsCompleted.Message, ActorRefs.NoSender);
        int count = _blocking!.Receive(_buffer.Free.Span);
        if (count <= 0)
            return count == 0 ? ReaderStep.Ended : ReaderStep.Continue;
        _policy.Received();
        ReadOnlyMemory<byte> whole = _buffer.Add(count);
        if (whole.IsEmpty)
            return ReaderStep.Continue;
        _frames.Fill(whole, unblocked);
        connection.Ref.Tell(_frames, ActorRefs.NoSender);
        _frames.WaitRouted();
        return connection.HasEnded ? ReaderStep.Ended : ReaderStep.Continue;
    }
}
