using Actors;

namespace Libvirt.Connection;

// One write a batch.
internal sealed partial class ConnectionActor
{
    private void Flush()
    {
        if (_state == ConnectionState.Closed || _sender is null)
            return;
        if (!_sender.TryFlush(out ValueTask pending))
            _ = FinishSendAsync(pending, Context.Self);
    }

    private static async Task FinishSendAsync(ValueTask send, IActorRef<IConnectionMessage> self)
    {
        IConnectionMessage outcome;
        try
        {
            await send.ConfigureAwait(false);
            outcome = new SendCompleted();
        }
        catch (Exception error)
        {
            outcome = new ConnectionFailed(error);
        }

        await self.TellWhenRoomAsync(outcome).ConfigureAwait(false);
    }
}
