namespace Libvirt.Events;

/// <summary>What a <see cref="DomainTopic"/> can be told.</summary>
internal interface ITopicMessage;

/// <summary>Add a subscriber.</summary>
internal sealed record AddToTopic(EventRegistration Registration, IEventSubscriber Subscriber) : ITopicMessage;

/// <summary>Remove a subscriber.</summary>
internal sealed record RemoveFromTopic(EventRegistration Registration, IEventSubscriber Subscriber) : ITopicMessage;

/// <summary>Hand this to the subscribers it is for.</summary>
internal sealed record DeliverToTopic(Delivery Delivery) : ITopicMessage;
