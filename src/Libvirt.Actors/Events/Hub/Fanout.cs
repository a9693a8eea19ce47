using Libvirt.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Libvirt.Events;

/// <summary>
/// Subscribers by registration, and delivery to them. A subscriber that throws, as one's own mapping function may, ends alone. One actor owns a
/// fan-out.
/// </summary>
internal sealed class Fanout(ILogger log)
{
    private readonly Dictionary<EventRegistration, List<IEventSubscriber>> _subscribers = [];

    public void Add(EventRegistration registration, IEventSubscriber subscriber)
    {
        if (!_subscribers.TryGetValue(registration, out List<IEventSubscriber>? list))
            _subscribers.Add(registration, list = []);
        list.Add(subscriber);
    }

    public void Remove(EventRegistration registration, IEventSubscriber subscriber)
    {
        if (_subscribers.TryGetValue(registration, out List<IEventSubscriber>? list) && list.Remove(subscriber) && list.Count == 0)
            _subscribers.Remove(registration);
    }

    public void Apply(in Delivery delivery)
    {
        if (delivery.Registration is not { } registration)
        {
            foreach (List<IEventSubscriber> list in _subscribers.Values)
                Apply(list, delivery);
        }
        else if (_subscribers.TryGetValue(registration, out List<IEventSubscriber>? list))
        {
            Apply(list, delivery);
        }
    }

    private void Apply(List<IEventSubscriber> subscribers, in Delivery delivery)
    {
        foreach (IEventSubscriber subscriber in subscribers)
        {
            try
            {
                delivery.To(subscriber);
            }
            catch (Exception error)
            {
                EventLog.SubscriberFailed(log, subscriber.Kind, error);
                subscriber.End(error);
            }
        }
    }
}
