using Actors;

namespace Libvirt.Events;

/// <summary>The topics of one hub: a child actor for each domain that has subscribers of its own, and the fan-out of those that want all domains.</summary>
internal sealed class Topics(IActorContext<IEventHubMessage> context)
{
    private static readonly ActorOptions TopicOptions = new()
    {
        Dispatch = ActorDispatch.Inline,
        MailboxCapacity = 65536,
        Supervision = SupervisionPolicy.StopOnFailure,
    };

    private readonly Fanout _everything = new(context.Log);
    private readonly Dictionary<Guid, Topic> _byDomain = [];
    private long _topics;

    public void Add(EventRegistration registration, IEventSubscriber subscriber)
    {
        if (subscriber.Options.Domain is not { } domain)
        {
            _everything.Add(registration, subscriber);
            return;
        }

        if (!_byDomain.TryGetValue(domain, out Topic? topic))
        {
            topic = new Topic(context.Spawn($"{domain}-{++_topics}", static () => new DomainTopic(), TopicOptions));
            _byDomain.Add(domain, topic);
        }

        topic.Subscribers++;
        topic.Tell(new AddToTopic(registration, subscriber));
    }

    public void Remove(EventRegistration registration, IEventSubscriber subscriber)
    {
        if (subscriber.Options.Domain is not { } domain)
        {
            _everything.Remove(registration, subscriber);
            return;
        }

        if (!_byDomain.TryGetValue(domain, out Topic? topic))
            return;
        topic.Tell(new RemoveFromTopic(registration, subscriber));
        if (--topic.Subscribers > 0)
            return;
        _byDomain.Remove(domain);
        context.Stop(topic.Actor);
    }

    /// <summary>An event goes to those who want everything and to its domain's topic; anything else to all.</summary>
    public void Deliver(in Delivery delivery)
    {
        _everything.Apply(delivery);
        if (delivery.Event is DomainEvent { Domain.Uuid: var domain })
        {
            if (_byDomain.TryGetValue(domain, out Topic? topic))
                topic.Deliver(delivery);
        }
        else if (delivery.Event is null)
        {
            foreach (Topic topic in _byDomain.Values)
                topic.Deliver(delivery);
        }
    }
}
