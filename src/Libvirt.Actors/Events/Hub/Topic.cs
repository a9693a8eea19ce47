using Akka.Actor;

namespace Libvirt.Events;

/// <summary>
/// The hub's side of one <see cref="DomainTopic"/>. Events beyond what may wait for the topic are dropped and counted, and the count is delivered before the
/// next event. Used in the hub's turns.
/// </summary>
internal sealed class Topic(IActorRef actor)
{
    private readonly EventGate _gate = new(DomainTopic.Capacity);
    private readonly List<IEventSubscriber> _subscribers = [];
    private long _lost;

    public IActorRef Actor => actor;

    /// <summary>Its subscribers; the hub stops a topic that has none.</summary>
    public IReadOnlyList<IEventSubscriber> Subscribers => _subscribers;

    /// <summary>Adds a subscriber.</summary>
    public void Add(EventRegistration registration, IEventSubscriber subscriber)
    {
        _subscribers.Add(subscriber);
        Tell(new AddToTopic(registration, subscriber));
    }

    /// <summary>Removes a subscriber.</summary>
    public void Remove(EventRegistration registration, IEventSubscriber subscriber)
    {
        _subscribers.Remove(subscriber);
        Tell(new RemoveFromTopic(registration, subscriber));
    }

    /// <summary>Delivers an event, a gap, a loss or the end.</summary>
    public void Deliver(in Delivery delivery)
    {
        if (delivery.Event is null && delivery.Lost == 0)
            Tell(new DeliverToTopic(delivery, null));
        else if (!TryReportLost() || !TryTell(delivery))
            _lost += Math.Max(1, delivery.Lost);
    }

    private bool TryReportLost()
    {
        if (_lost > 0 && TryTell(new Delivery(null, Lost: _lost)))
            _lost = 0;
        return _lost == 0;
    }

    private bool TryTell(in Delivery delivery)
    {
        if (!_gate.TryEnter())
            return false;
        Tell(new DeliverToTopic(delivery, _gate));
        return true;
    }

    private void Tell(object message) => actor.Tell(message, ActorRefs.NoSender);
}
