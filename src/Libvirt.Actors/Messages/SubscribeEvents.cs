using Akka.Actor;
using Libvirt.Dispatch;
using Libvirt.Events;

namespace Libvirt.Messages;

/// <summary>
/// Subscribes the sender to a kind of event of the hypervisor that it is sent to. Create it with <see cref="EventMessages.Subscribe{TEvent}"/>. The reply is a
/// <see cref="SubscribeEventsAck"/> when the daemon sends the kind, however long it takes to reach it; then each notice comes as an
/// <see cref="EventEnvelope{TEvent}"/>. A subscription that cannot be made is answered with a <see cref="Status.Failure"/>; one that ends later with an
/// <see cref="EventsEnded"/>. It ends without a message when the sender stops.
/// </summary>
public abstract record SubscribeEvents : ILibvirtMessage, ICorrelated, IAnswerable
{
    private readonly EventSubscriptionOptions _options = EventSubscriptionOptions.Default;

    private protected SubscribeEvents(EventKind kind)
    {
        Kind = kind;
    }

    /// <summary>What is subscribed to.</summary>
    public EventKind Kind { get; }

    /// <summary>
    /// The domain, the capacity, what happens when it is full, and whether differences are synthesised after a gap. All domains and 1024 by default.
    /// </summary>
    /// <remarks>
    /// Without <see cref="Acknowledgement"/>, events are dropped and counted while <see cref="EventSubscriptionOptions.QueueCapacity"/> or more messages wait in the
    /// mailbox of the subscriber, which can be read only for an actor of the hypervisor's own process. With it, that many events wait at the hypervisor for the
    /// subscriber's acknowledgements, and <see cref="EventSubscriptionOptions.Overflow"/> decides what happens to further ones.
    /// </remarks>
    public EventSubscriptionOptions Options
    {
        get => _options;
        init => _options = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The messages of acknowledged delivery; null, the default, for delivery without acknowledgement.</summary>
    public EventAcknowledgement? Acknowledgement { get; init; }

    /// <summary>Returned with each message of the subscription and named by <see cref="UnsubscribeEvents"/>. Null by default.</summary>
    public object? CorrelationId { get; init; }

    /// <summary>The type that notices have.</summary>
    internal abstract Type EventType { get; }

    /// <summary>The actor that makes and serves the subscription.</summary>
    internal abstract Props Actor(SubscriptionOrigin origin);

    /// <summary>Answers a subscription that was not made.</summary>
    internal void Refuse(IActorRef subscriber, IActorRef hypervisor, Exception? reason) =>
        subscriber.Tell(new Status.Failure(NotMade(reason), CorrelationId), hypervisor);

    /// <summary>A subscription that was not made, because its hypervisor has closed.</summary>
    internal static LibvirtConnectionLostException NotMade(Exception? reason) =>
        new("The subscription was not made: the hypervisor was closed.", sent: false, reason, isForGood: true);

    void IAnswerable.OnUndelivered(IActorRef sender, IActorRef recipient) => Refuse(sender, recipient, null);
}

/// <summary>A subscription with the type of its events.</summary>
/// <typeparam name="TEvent">The type that notices have.</typeparam>
public sealed record SubscribeEvents<TEvent> : SubscribeEvents
    where TEvent : LibvirtEvent
{
    internal SubscribeEvents(EventKind kind)
        : base(kind)
    {
    }

    internal override Type EventType => typeof(TEvent);

    internal override Props Actor(SubscriptionOrigin origin) => Acknowledgement is { } acknowledgement
        ? AcknowledgedSubscription<TEvent>.Props(this, acknowledgement, origin)
        : BoundedSubscription<TEvent>.Props(this, origin);
}
