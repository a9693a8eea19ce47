using Akka.Actor;

namespace Libvirt.Connections;

// One write per batch.
internal sealed partial class ConnectionActor
{
    private void Flush()
    {
        if (_state == ConnectionState.Closed || _sender is null)
            return;
        if (!_sender.TryFlush(out ValueTask pending))
            _ = FinishSendAsync(pending, Self);
    }

    private static async Task FinishSendAsync(ValueTask send, IActorRef self)
    {
        object outcome;
        try
        {
            await send.ConfigureAwait(false);
            outcome = new SendCompleted();
        }
        catch (Exception error)
        {
            outcome = new ConnectionFailed(error);
        }

        self.Tell(outcome, ActorRefs.NoSender);
    }
}
