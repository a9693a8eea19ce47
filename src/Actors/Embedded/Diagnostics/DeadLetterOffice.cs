using Microsoft.Extensions.Logging;

namespace Actors.Embedded.Diagnostics;

/// <summary>Takes each message that reached no actor: counts it, tells the message itself, then whoever listens. Free-threaded.</summary>
internal sealed class DeadLetterOffice(SystemCounters counters, ILogger log)
{
    public event Action<DeadLetter>? Added;

    public void Add<TMessage>(ActorPath recipient, TMessage message, TellResult reason)
    {
        counters.DeadLetterAdded(reason);
        log.DeadLetter(recipient, typeof(TMessage), reason);
        try
        {
            if (message is INotifyUndelivered undelivered)
                undelivered.OnUndelivered(reason);
        }
        catch (Exception error)
        {
            log.DeadLetterHandlerFailed(recipient, error);
        }

        Action<DeadLetter>? handlers = Added;
        if (handlers is not null)
            Raise(handlers, new DeadLetter(recipient, message, reason));
    }

    private void Raise(Action<DeadLetter> handlers, DeadLetter letter)
    {
        foreach (Action<DeadLetter> handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                handler(letter);
            }
            catch (Exception error)
            {
                log.DeadLetterHandlerFailed(letter.Recipient, error);
            }
        }
    }
}
