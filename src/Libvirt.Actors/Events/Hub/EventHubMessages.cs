using Libvirt.Dispatch;
using Akka.Actor;
using Libvirt.Connections;

namespace Libvirt.Events;

/// <summary>Add a subscriber; answer when the daemon sends its kind.</summary>
internal sealed class Subscribe(IEventSubscriber subscriber) : Request<bool>("The subscription was not made: the hypervisor was closed.")
{
    /// <summary>The subscriber.</summary>
    public IEventSubscriber Subscriber => subscriber;
}

/// <summary>Remove a subscriber.</summary>
internal sealed record Unsubscribe(IEventSubscriber Subscriber) : ILocalMessage;

/// <summary>An actor that had subscriptions has ended.</summary>
internal sealed record OwnerEnded(IActorRef Owner) : ILocalMessage;

/// <summary>A connection stands: register everything on it, then say so to the hypervisor.</summary>
internal sealed record AttachConnection(ConnectionHandle Connection) : ILocalMessage;

/// <summary>The connection has been lost.</summary>
internal sealed record DetachConnection(Exception? Reason) : ILocalMessage;

/// <summary>The daemon registered a kind.</summary>
internal sealed record KindRegistered(EventRegistration Registration, ConnectionHandle Connection, DaemonRegistration Daemon) : ILocalMessage;

/// <summary>The daemon did not register a kind.</summary>
internal sealed record KindRefused(EventRegistration Registration, ConnectionHandle Connection, Exception Error) : ILocalMessage;

/// <summary>The daemon sent an event.</summary>
internal sealed record EventArrived(ConnectionHandle Connection, CatalogEntry Entry, int? CallbackId, LibvirtEvent Event) : ILocalMessage;

/// <summary>That many events found no room in the hub's mailbox.</summary>
internal sealed record EventsLost(long Count) : ILocalMessage;

/// <summary>The actor of a topic has stopped.</summary>
internal sealed record TopicEnded(Topic Topic) : ILocalMessage;

/// <summary>The listing that differences are taken from is here; null when it could not be had.</summary>
internal sealed record ListingTaken(ConnectionHandle Connection, DomainListing? Listing) : ILocalMessage;
