using Akka.Actor;
using Libvirt.Diagnostics;
using Libvirt.Dispatch;

namespace Libvirt.Events;

/// <summary>The subscribers of one domain. It lives as long as there are any.</summary>
/// <remarks>Supervised by its <see cref="EventHub"/>, which ends these subscriptions with an error when the topic fails.</remarks>
internal sealed class DomainTopic : UntypedActor
{
    /// <summary>How many events may wait for a topic; those beyond it are counted.</summary>
    public const int Capacity = 65536;

    private readonly Fanout _subscribers = new(AkkaLogger.For(Context));

    public static Props Props() => RuntimeProps.Inline(static () => new DomainTopic());

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case DeliverToTopic deliver:
                deliver.Gate?.Exit();
                _subscribers.Apply(deliver.Delivery);
                break;
            case AddToTopic add:
                _subscribers.Add(add.Registration, add.Subscriber);
                break;
            case RemoveFromTopic remove:
                _subscribers.Remove(remove.Registration, remove.Subscriber);
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
