using Akka.Actor;

namespace Libvirt.TestKit;

/// <summary>An actor that was alive when an <see cref="ActorTree"/> was read.</summary>
/// <param name="Ref">Its reference.</param>
/// <param name="ActorType">The class of the actor.</param>
/// <param name="QueuedMessages">The number of messages in its mailbox.</param>
/// <param name="IsScheduled">Whether its dispatcher has queued it or runs it.</param>
/// <param name="IsSuspended">Whether it handles no messages, because it awaits something in a handler or waits for its supervisor.</param>
public sealed record LivingActor(IActorRef Ref, Type ActorType, int QueuedMessages, bool IsScheduled, bool IsSuspended)
{
    /// <summary>The path.</summary>
    public ActorPath Path => Ref.Path;

    /// <summary>Whether Akka or its test kit created the actor for itself: the guardians, and everything below <c>/system</c>.</summary>
    public bool IsSystem => Path.Elements.Count < 2 || Path.Elements[0] == "system";

    /// <summary>Whether it is about to handle a message, or does so.</summary>
    public bool IsBusy => IsScheduled || (QueuedMessages > 0 && !IsSuspended);

    /// <summary>The actor as one line.</summary>
    public override string ToString()
    {
        string messages = QueuedMessages == 1 ? "1 message" : $"{QueuedMessages} messages";
        string state = IsSuspended ? ", suspended" : IsScheduled ? ", running" : "";
        return $"{Path.ToStringWithoutAddress()} ({ActorType.Name}, {messages}{state})";
    }
}
