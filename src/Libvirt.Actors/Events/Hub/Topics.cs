using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace Libvirt.Events;

/// <summary>The topics of one hub: a child actor for each domain that has subscribers of its own, and the fan-out of those that want all domains.</summary>
internal sealed class Topics(IActorContext context, ILogger log)
{
    private readonly Fanout _everything = new(log);
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
            topic = new Topic(context.ActorOf(DomainTopic.Props(), $"{domain}-{++_topics}"));
            context.WatchWith(topic.Actor, new TopicEnded(topic));
            _byDomain.Add(domain, topic);
        }

        topic.Add(registration, subscriber);
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
        topic.Remove(registration, subscriber);
        if (topic.Subscribers.Count > 0)
            return;
        _byDomain.Remove(domain);
        context.Unwatch(topic.Actor);
        context.Stop(topic.Actor);
    }

    /// <summary>Delivers an event to those that want everything and to its domain's topic; anything else to all.</summary>
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

    /// <summary>A topic that stopped by itself has failed; returns the subscribers that it had.</summary>
    public IReadOnlyList<IEventSubscriber> AfterTopic(Topic topic)
    {
        foreach (Guid domain in _byDomain.Where(pair => pair.Value == topic).Select(static pair => pair.Key).ToArray())
            _byDomain.Remove(domain);
        return [.. topic.Subscribers];
    }
}
