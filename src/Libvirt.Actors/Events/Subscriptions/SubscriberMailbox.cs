using Akka.Actor;

namespace Libvirt.Events;

/// <summary>How many messages wait for an actor of this process. The mailboxes of other actors cannot be read and never count as full.</summary>
internal sealed class SubscriberMailbox(IActorRef actor, int capacity)
{
    private readonly ActorRefWithCell? _local = actor as ActorRefWithCell;

    /// <summary>Whether as many messages wait as may.</summary>
    public bool IsFull => _local is not null && _local.Underlying.NumberOfMessages >= capacity;
}
