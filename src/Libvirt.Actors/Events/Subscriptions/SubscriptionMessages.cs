using Akka.Actor;
using Libvirt.Connections;

namespace Libvirt.Events;

/// <summary>The queue of a subscription has something to read.</summary>
internal sealed record EventsArrived : ILocalMessage
{
    public static EventsArrived Message { get; } = new();
}

/// <summary>The hub has made the subscription.</summary>
internal sealed record SubscriptionMade : ILocalMessage
{
    public static SubscriptionMade Message { get; } = new();
}

/// <summary>The hub has not made the subscription.</summary>
internal sealed record SubscriptionRefused(Exception Error) : ILocalMessage;

/// <summary>The subscriber ends its subscription.</summary>
internal sealed record EndSubscription : ILocalMessage
{
    public static EndSubscription Message { get; } = new();
}

/// <summary>The subscriber has stopped.</summary>
internal sealed record SubscriberStopped : ILocalMessage
{
    public static SubscriberStopped Message { get; } = new();
}

/// <summary>The actor of a subscription has stopped.</summary>
internal sealed record SubscriptionActorEnded(IActorRef Actor) : ILocalMessage;
