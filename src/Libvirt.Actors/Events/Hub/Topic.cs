using Actors;

namespace Libvirt.Events;

/// <summary>
/// The hub's end of one <see cref="DomainTopic"/>. What finds no room in its mailbox is not lost silently: events are counted and the count is told, anything
/// else is told later, both as soon as something is told again and there is room. Used in the hub's turns.
/// </summary>
internal sealed class Topic(IActorRef<ITopicMessage> actor)
{
    private readonly Queue<ITopicMessage> _refused = new();
    private long _lost;

    public IActorRef<ITopicMessage> Actor => actor;

    /// <summary>How many it has; the hub ends a topic that has none.</summary>
    public int Subscribers { get; set; }

    /// <summary>Tells what must not be lost.</summary>
    public void Tell(ITopicMessage message)
    {
        if (!TryCatchUp() || !TryTell(message))
            _refused.Enqueue(message);
    }

    /// <summary>Tells of an event, a gap, a loss or the end.</summary>
    public void Deliver(in Delivery delivery)
    {
        if (delivery.Event is null && delivery.Lost == 0)
            Tell(new DeliverToTopic(delivery));
        else if (!TryCatchUp() || !TryTell(new DeliverToTopic(delivery)))
            _lost += Math.Max(1, delivery.Lost);
    }

    private bool TryCatchUp()
    {
        while (_refused.TryPeek(out ITopicMessage? waiting))
        {
            if (!TryTell(waiting))
                return false;
            _refused.Dequeue();
        }

        if (_lost > 0 && TryTell(new DeliverToTopic(new Delivery(null, Lost: _lost))))
            _lost = 0;
        return _lost == 0;
    }

    // A topic that has ended has nobody who misses anything.
    private bool TryTell(ITopicMessage message) => actor.TryTell(message) != TellResult.MailboxFull;
}
