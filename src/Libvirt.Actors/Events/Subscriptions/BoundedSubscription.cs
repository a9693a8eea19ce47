using Akka.Actor;
using Libvirt.Diagnostics;
using Libvirt.Dispatch;
using Libvirt.Messages;

namespace Libvirt.Events;

/// <summary>A subscription by message without acknowledgement: events are dropped and counted while the mailbox of the subscriber is full.</summary>
internal sealed class BoundedSubscription<TEvent> : SubscriptionActor<TEvent>
    where TEvent : LibvirtEvent
{
    private readonly MailboxDelivery<TEvent> _delivery;

    private BoundedSubscription(SubscribeEvents<TEvent> request, SubscriptionOrigin origin)
        : base(request, origin)
    {
        _delivery = new MailboxDelivery<TEvent>(origin.Subscriber, request.Options.QueueCapacity, notice => Envelope(notice), origin.Hypervisor);
    }

    public static Props Props(SubscribeEvents<TEvent> request, SubscriptionOrigin origin) =>
        RuntimeProps.Inline(() => new BoundedSubscription<TEvent>(request, origin));

    protected override void Begin() => Subscriber.Tell(Acknowledge(), Hypervisor);

    protected override void Deliver()
    {
        if (Drain(out Exception? error))
            End(error);
    }

    protected override void TellEnd(Exception? reason)
    {
        Drain(out Exception? error);
        Subscriber.Tell(Ended(reason ?? error, _delivery.Dropped), Hypervisor);
    }

    private bool Drain(out Exception? error)
    {
        bool ended;
        while (TryRead(out EventNotice<TEvent> notice, out ended, out error))
        {
            if (!_delivery.Deliver(notice))
                EventTelemetry.Dropped();
        }

        return ended;
    }
}
