namespace Libvirt.Events;

/// <summary>How a subscriber wants its events.</summary>
public sealed record EventSubscriptionOptions
{
    private readonly int _queueCapacity = 1024;

    /// <summary>Every setting at its default.</summary>
    public static EventSubscriptionOptions Default { get; } = new();

    /// <summary>Only events of the domain with this UUID; null for all domains. Kinds that are not about domains have no such choice.</summary>
    public Guid? Domain { get; init; }

    /// <summary>
    /// How many events may wait for the subscriber, or how many messages in its mailbox when it is an actor; gaps and counts of dropped events may take as
    /// much again. Default 1024.
    /// </summary>
    public int QueueCapacity
    {
        get => _queueCapacity;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, nameof(QueueCapacity));
            _queueCapacity = value;
        }
    }

    /// <summary>What happens when more would have to wait. Default: the oldest make room and are counted.</summary>
    public EventOverflow Overflow { get; init; } = EventOverflow.DropOldest;

    /// <summary>
    /// Whether the differences that a gap left are told as synthesised events after it. For <see cref="DomainEvents.Lifecycle"/>; other kinds
    /// have no listing to compare. The subscription is made when the first listing is there, so that it has no gap without differences. Default false.
    /// </summary>
    public bool Synthesise { get; init; }
}
