using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Libvirt.Dispatch;

/// <summary>
/// An unbounded queue that loses nothing when its actor stops. Akka's own queue can: a sender that read the mailbox before the actor stopped may add its
/// message after the mailbox was emptied into dead letters.
/// </summary>
public sealed class LosslessMessageQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    private readonly ConcurrentQueue<Envelope> _messages = new();
    private volatile IMessageQueue? _deadLetters;

    /// <inheritdoc/>
    public bool HasMessages => !_messages.IsEmpty;

    /// <inheritdoc/>
    public int Count => _messages.Count;

    /// <inheritdoc/>
    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        _messages.Enqueue(envelope);
        // Pairs with the barrier of CleanUp: one of the two sees what the other has done.
        Interlocked.MemoryBarrier();
        if (_deadLetters is { } deadLetters)
            Empty(receiver, deadLetters);
    }

    /// <inheritdoc/>
    public bool TryDequeue(out Envelope envelope) => _messages.TryDequeue(out envelope);

    /// <inheritdoc/>
    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        _deadLetters = deadletters;
        Interlocked.MemoryBarrier();
        Empty(owner, deadletters);
    }

    private void Empty(IActorRef owner, IMessageQueue deadLetters)
    {
        while (_messages.TryDequeue(out Envelope envelope))
            deadLetters.Enqueue(owner, envelope);
    }
}
