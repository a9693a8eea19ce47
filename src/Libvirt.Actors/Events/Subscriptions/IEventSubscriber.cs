using Akka.Actor;

namespace Libvirt.Events;

/// <summary>A subscriber as the hub sees it: never blocks, whatever its reader does.</summary>
internal interface IEventSubscriber
{
    EventKind Kind { get; }

    EventSubscriptionOptions Options { get; }

    /// <summary>The actor with whose end the subscription ends; null when it is ended by hand alone.</summary>
    IActorRef? Owner { get; }

    void Deliver(LibvirtEvent happened, bool isSynthesised);

    void Deliver(EventGap gap);

    /// <summary>Events were lost on the way to the hub, before they could be told apart.</summary>
    void DeliverLost(long count);

    /// <summary>Ends the subscription; without an error when the hypervisor was closed in order.</summary>
    void End(Exception? error);
}
