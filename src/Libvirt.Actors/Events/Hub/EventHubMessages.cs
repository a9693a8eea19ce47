using Actors;
using Libvirt.Connection;

namespace Libvirt.Events;

/// <summary>What an <see cref="EventHub"/> can be told.</summary>
internal interface IEventHubMessage;

/// <summary>Add a subscriber; answer when the daemon sends its kind.</summary>
/// <param name="Subscriber">Who.</param>
/// <param name="Reply">Where to answer.</param>
internal sealed record Subscribe(IEventSubscriber Subscriber, ReplyTo<bool> Reply) : IEventHubMessage;

/// <summary>Remove a subscriber.</summary>
internal sealed record Unsubscribe(IEventSubscriber Subscriber) : IEventHubMessage;

/// <summary>An actor that had subscriptions has ended.</summary>
internal sealed record OwnerEnded(IActorRef Owner) : IEventHubMessage;

/// <summary>A connection stands: register everything on it, then say so to the hypervisor.</summary>
internal sealed record AttachConnection(ConnectionHandle Connection) : IEventHubMessage;

/// <summary>The connection has been lost.</summary>
internal sealed record DetachConnection(Exception? Reason) : IEventHubMessage;

/// <summary>The daemon registered a kind.</summary>
internal sealed record KindRegistered(EventRegistration Registration, ConnectionHandle Connection, DaemonRegistration Daemon) : IEventHubMessage;

/// <summary>The daemon did not register a kind.</summary>
internal sealed record KindRefused(EventRegistration Registration, ConnectionHandle Connection, Exception Error) : IEventHubMessage;

/// <summary>The daemon sent an event.</summary>
internal sealed record EventArrived(ConnectionHandle Connection, CatalogEntry Entry, int? CallbackId, LibvirtEvent Event) : IEventHubMessage;

/// <summary>That many events found no room in the hub's mailbox.</summary>
internal sealed record EventsLost(long Count) : IEventHubMessage;

/// <summary>The listing that differences are taken from is here; null when it could not be had.</summary>
internal sealed record ListingTaken(ConnectionHandle Connection, DomainListing? Listing) : IEventHubMessage;
