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

    private readonly Fanout _everything = new();
    private readonly Dictionary<Guid, (IActorRef<ITopicMessage> Topic, int Subscribers)> _byDomain = [];
    private long _topics;

    public void Add(EventRegistration registration, IEventSubscriber subscriber)
    {
        if (subscriber.Options.Domain is not { } domain)
        {
            _everything.Add(registration, subscriber);
            return;
        }

        if (!_byDomain.TryGetValue(domain, out (IActorRef<ITopicMessage> Topic, int Subscribers) entry))
            entry.Topic = context.Spawn($"{domain}-{++_topics}", static () => new DomainTopic(), TopicOptions);
        _byDomain[domain] = (entry.Topic, entry.Subscribers + 1);
        entry.Topic.TryTell(new AddToTopic(registration, subscriber));
    }

    public void Remove(EventRegistration registration, IEventSubscriber subscriber)
    {
        if (subscriber.Options.Domain is not { } domain)
        {
            _everything.Remove(registration, subscriber);
            return;
        }

        if (!_byDomain.TryGetValue(domain, out (IActorRef<ITopicMessage> Topic, int Subscribers) entry))
            return;
        entry.Topic.TryTell(new RemoveFromTopic(registration, subscriber));
        if (entry.Subscribers > 1)
        {
            _byDomain[domain] = (entry.Topic, entry.Subscribers - 1);
            return;
        }

        _byDomain.Remove(domain);
        context.Stop(entry.Topic);
    }

    /// <summary>An event goes to those who want everything and to its domain's topic; anything else to all.</summary>
    public void Deliver(in Delivery delivery)
    {
        _everything.Apply(delivery);
        if (delivery.Event is DomainEvent { Domain.Uuid: var domain })
        {
            if (_byDomain.TryGetValue(domain, out (IActorRef<ITopicMessage> Topic, int Subscribers) entry))
                entry.Topic.TryTell(new DeliverToTopic(delivery));
        }
        else if (delivery.Event is null && _byDomain.Count > 0)
        {
            DeliverToTopic message = new(delivery);
            foreach ((IActorRef<ITopicMessage> topic, _) in _byDomain.Values)
                topic.TryTell(message);
        }
    }
}
