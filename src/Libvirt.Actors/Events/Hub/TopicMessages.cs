using Libvirt.Connections;

namespace Libvirt.Events;

/// <summary>Add a subscriber.</summary>
internal sealed record AddToTopic(EventRegistration Registration, IEventSubscriber Subscriber) : ILocalMessage;

/// <summary>Remove a subscriber.</summary>
internal sealed record RemoveFromTopic(EventRegistration Registration, IEventSubscriber Subscriber) : ILocalMessage;

/// <summary>Deliver this to the subscribers that it is for.</summary>
/// <param name="Delivery">What to deliver.</param>
/// <param name="Gate">Where it was counted; null when it was not.</param>
internal sealed record DeliverToTopic(Delivery Delivery, EventGate? Gate) : ILocalMessage;
