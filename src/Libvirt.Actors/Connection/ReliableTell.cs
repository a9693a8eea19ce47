using Actors;

namespace Libvirt.Connection;

/// <summary>For the few messages that must not be lost to a full mailbox.</summary>
internal static class ReliableTell
{
    /// <summary>Tells as soon as there is room. False when the actor has ended. Ours never block in a turn, so room comes soon.</summary>
    public static ValueTask<bool> TellWhenRoomAsync<TMessage>(this IActorRef<TMessage> actor, TMessage message)
    {
        TellResult result = actor.TryTell(message);
        return result == TellResult.MailboxFull ? RetryAsync(actor, message) : new ValueTask<bool>(result == TellResult.Accepted);
    }

    private static async ValueTask<bool> RetryAsync<TMessage>(IActorRef<TMessage> actor, TMessage message)
    {
        TellResult result;
        do
        {
            await Task.Yield();
            result = actor.TryTell(message);
        }
        while (result == TellResult.MailboxFull);
        return result == TellResult.Accepted;
    }
}
