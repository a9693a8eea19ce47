using Actors;

namespace Libvirt.Events;

/// <summary>The subscribers of one domain. Lives as long as there are any.</summary>
internal sealed class DomainTopic : Actor<ITopicMessage>
{
    private Fanout? _subscribers;

    protected override ValueTask OnStartAsync()
    {
        _subscribers = new Fanout(Context.Log);
        return default;
    }

    protected override ValueTask OnMessageAsync(ITopicMessage message)
    {
        switch (message)
        {
            case DeliverToTopic deliver:
                _subscribers!.Apply(deliver.Delivery);
                break;
            case AddToTopic add:
                _subscribers!.Add(add.Registration, add.Subscriber);
                break;
            case RemoveFromTopic remove:
                _subscribers!.Remove(remove.Registration, remove.Subscriber);
                break;
        }

        return default;
    }
}
