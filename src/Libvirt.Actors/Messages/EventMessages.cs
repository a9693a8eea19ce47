using Libvirt.Events;

namespace Libvirt.Messages;

/// <summary>Creates the messages by which actors subscribe to events.</summary>
public static class EventMessages
{
    /// <summary>A subscription to this kind, to be told to the actor of a hypervisor: <c>hypervisor.Tell(DomainEvents.Lifecycle.Subscribe())</c>.</summary>
    /// <param name="kind">The kind, such as <see cref="DomainEvents.Lifecycle"/>.</param>
    /// <param name="options">The domain, the capacity and what happens when it is full; the defaults when null.</param>
    /// <param name="acknowledgement">The messages of acknowledged delivery; null for delivery without acknowledgement.</param>
    /// <param name="correlationId">Returned with each message of the subscription; null by default.</param>
    public static SubscribeEvents<TEvent> Subscribe<TEvent>(
        this EventKind<TEvent> kind,
        EventSubscriptionOptions? options = null,
        EventAcknowledgement? acknowledgement = null,
        object? correlationId = null)
        where TEvent : LibvirtEvent =>
        Create<TEvent>(kind, options, acknowledgement, correlationId);

    /// <summary>The same for a kind whose type is not known when the program is written, such as one of <see cref="EventCatalog.All"/>.</summary>
    /// <inheritdoc cref="Subscribe{TEvent}(EventKind{TEvent}, EventSubscriptionOptions?, EventAcknowledgement?, object?)"/>
    public static SubscribeEvents<LibvirtEvent> SubscribeAny(
        this EventKind kind,
        EventSubscriptionOptions? options = null,
        EventAcknowledgement? acknowledgement = null,
        object? correlationId = null) =>
        Create<LibvirtEvent>(kind, options, acknowledgement, correlationId);

    private static SubscribeEvents<TEvent> Create<TEvent>(
        EventKind kind, EventSubscriptionOptions? options, EventAcknowledgement? acknowledgement, object? correlationId)
        where TEvent : LibvirtEvent
    {
        ArgumentNullException.ThrowIfNull(kind);
        return new SubscribeEvents<TEvent>(kind)
        {
            Options = options ?? EventSubscriptionOptions.Default,
            Acknowledgement = acknowledgement,
            CorrelationId = correlationId,
        };
    }
}
