using Actors;
using Libvirt.Transport;

namespace Libvirt.Connection;

// What the thread does that has the seat.
internal sealed partial class FrameReceiver
{
    /// <summary>Waits for bytes for a moment, and has the connection's turn work off the frames that came, usually on this thread.</summary>
    /// <param name="blocking">The transport.</param>
    /// <param name="answered">Takes the calls that were answered; null to have them told by the connection.</param>
    public ReadStep ReceiveOnce(IBlockingTransport blocking, List<IWaiter>? answered)
    {
        if (!_frames.WaitReleased(HeldLimit))
            return ReadStep.Held;
        _buffer.Consume();
        int count = blocking.Receive(_buffer.Free.Span);
        if (count <= 0)
            return count == 0 ? ReadStep.Ended : ReadStep.Nothing;
        _policy.Received();
        ReadOnlyMemory<byte> whole = _buffer.Add(count);
        if (whole.IsEmpty)
            return ReadStep.Nothing;
        _frames.Fill(whole, answered);
        if (!Tell())
            return ReadStep.Ended;
        _frames.WaitRouted();
        return ReadStep.Received;
    }

    private bool Tell()
    {
        TellResult result;
        while ((result = connection.TryTell(_frames)) == TellResult.MailboxFull)
            Thread.Yield();
        return result == TellResult.Accepted;
    }
}
