using System.Diagnostics;
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
        if (load.HasCallsToSendAhead && !Tell(CallersWentOn.Message))
            return SeatStep.Ended;
        int count = settings.BusyPoll > TimeSpan.Zero ? ReceiveSoon() : ReceiveGathered();
        if (count <= 0)
            return count == 0 ? SeatStep.Ended : SeatStep.GoOn;
        _policy.Received();
        ReadOnlyMemory<byte> whole = _buffer.Add(count);
        if (whole.IsEmpty)
            return SeatStep.GoOn;
        _frames.Fill(whole, answered);
        if (!Tell(_frames))
            return SeatStep.Ended;
        _frames.WaitRouted();
        _gathering.Received(load.Left);
        return SeatStep.GoOn;
    }

    /// <summary>Rests while many calls are out, to find their replies together, and waits for the first bytes.</summary>
    private int ReceiveGathered()
    {
        TimeSpan rest = _gathering.Rest(load.Calls);
        if (rest > TimeSpan.Zero)
            _blocking!.Rest(rest);
        return _blocking!.Receive(_buffer.Free.Span);
    }

    /// <summary>Asks again and again before it sleeps, and lets whoever wants the processor have it in between.</summary>
    private int ReceiveSoon()
    {
        // Real time, whatever clock the connection has: it is a processor that is spent.
        long start = Stopwatch.GetTimestamp();
        do
        {
            int count = _blocking!.TryReceive(_buffer.Free.Span);
            if (count >= 0)
                return count;
            Thread.Yield();
        }
        while (Stopwatch.GetElapsedTime(start) < settings.BusyPoll);
        return _blocking.Receive(_buffer.Free.Span);
    }

    private bool Tell(IConnectionMessage message)
    {
        TellResult result;
        while ((result = connection.TryTell(message)) == TellResult.MailboxFull)
            Thread.Yield();
        return result == TellResult.Accepted;
    }
}
